/** Recognises columns for the staircase and the door, which follow a house number: "12/2/14". */

const door =
  /^(?:stiege|t(?:ü|ue)r(?:nummer|nr\.?|-nr\.?)?|top(?:-nr\.?)?|n(?:ume)?r lokalu|n(?:ume)?r mieszkania)$/i;

/** Whether the heading is that of such a column. */
export const isDoor = (heading: string): boolean => door.test(heading.trim());

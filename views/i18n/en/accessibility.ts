/** The accessibility statement. */
export const accessibility = {
  as_of: "As of {date}",
  enforcement: "Enforcement",
  enforcement_austria:
    "If we do not answer, or not well enough, you can turn to the Sozialministeriumservice in Austria. It watches over the Accessibility Act (BaFG).",
  enforcement_elsewhere:
    "If we do not answer, or not well enough, you can turn to the body of your country that watches over Directive (EU) 2019/882.",
  enforcement_germany:
    "If we do not answer, or not well enough, you can turn to the joint body of the German Länder. It watches over the Accessibility Act (BFSG).",
  enforcement_land:
    "If we do not answer, or not well enough, you can turn to the joint body of the German Länder, which is competent for {land} as well. It watches over the Accessibility Act (BFSG).",
  feedback: "Report a barrier",
  feedback_text:
    "If you meet something that you cannot use or read, write to us or call. Name the page and what you work with. We will get back to you.",
  gap_documents: "Documents.",
  gap_documents_text:
    "Letters, offers and answers as PDF have no tags for screen readers. Their content is also on the pages as text; an answer to a request contains everything again as a JSON file.",
  gap_foreign: "Content of others.",
  gap_foreign_text:
    "E-mails, uploaded files and your own texts are shown as they came. Pictures in them often have no description.",
  gap_people: "Tests with people.",
  gap_people_text:
    "Persons with disabilities have not tested the program systematically yet, nor has it been tried with several screen readers.",
  gap_plain_language: "Easy language and sign language.",
  gap_plain_language_text: "There is neither. The texts are short, but not in easy language.",
  gaps: "What is not accessible yet",
  how: "How this was assessed",
  how_text:
    "By self-assessment. At every change a program (axe-core) checks each page on desk and phone, light and dark, along with contrast, width down to 360 pixels, valid HTML and the order by keyboard. Everything works without JavaScript and without picture puzzles.",
  keyboard: "Everything can be used by keyboard:",
  lead:
    "{provider} wants everybody to be able to work with kompaktCRM. This statement applies to all pages of this installation, the public ones and those after log-in.",
  lead_unknown:
    "This statement applies to all pages of this installation, the public ones and those after log-in.",
  public_bodies:
    "If your organisation is a public body, BITV 2.0 or the law of your Land applies. Then the enforcement body of that Land is competent.",
  public_list: "List of enforcement bodies (German)",
  state: "Conformity",
  state_text:
    "The pages conform in part to EN 301 549 and WCAG 2.2, level AA: but for the following points no breach is known.",
  title: "Accessibility",
};

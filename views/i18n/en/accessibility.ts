/** The accessibility statement. */
export const accessibility = {
  as_of: "As of {date}",
  enforcement: "Enforcement",
  enforcement_austria:
    "If we do not answer, or not well enough, you can turn to the Sozialministeriumservice in Austria. It oversees the Accessibility Act (BaFG).",
  enforcement_elsewhere:
    "If we do not answer, or not well enough, you can turn to the body in your country that oversees Directive (EU) 2019/882.",
  enforcement_germany:
    "If we do not answer, or not well enough, you can turn to the joint body of the German Länder. It oversees the Accessibility Act (BFSG).",
  enforcement_land:
    "If we do not answer, or not well enough, you can turn to the joint body of the German Länder, which also covers {land}. It oversees the Accessibility Act (BFSG).",
  feedback: "Report a barrier",
  feedback_text:
    "If you come across anything that you cannot use or read, write to us or call. Tell us which page it is and what you work with. We will get back to you.",
  gap_documents: "Documents.",
  gap_documents_text:
    "Letters, offers and answers as PDF have no tags for screen readers. Their content is also on the pages as text; an answer to a request contains everything again as a JSON file.",
  gap_foreign: "Content from others.",
  gap_foreign_text:
    "E-mails, uploaded files and texts written by users are shown as they are. Pictures in them often have no description.",
  gap_people: "Testing with people.",
  gap_people_text:
    "People with disabilities have not yet tested the program systematically, nor has it been tried with several screen readers.",
  gap_plain_language: "Easy Read and sign language.",
  gap_plain_language_text:
    "Neither is available. The texts are short, but they are not in Easy Read.",
  gaps: "What is not accessible yet",
  how: "How this was assessed",
  how_text:
    "By self-assessment. With every change, a program (axe-core) checks each page on desktop and phone, light and dark, along with contrast, width down to 360 pixels, valid HTML and keyboard order. Everything works without JavaScript and without CAPTCHAs.",
  keyboard: "Everything can be done with the keyboard:",
  lead:
    "{provider} wants everybody to be able to work with kompaktCRM. This statement applies to all pages of this installation, both the public ones and those you see when signed in.",
  lead_unknown:
    "This statement applies to all pages of this installation, both the public ones and those you see when signed in.",
  public_bodies:
    "If your organisation is a public body, BITV 2.0 or the law of your Land applies. The enforcement body of that Land is then responsible.",
  public_list: "List of enforcement bodies (German)",
  state: "Conformity",
  state_text:
    "The pages partly conform to EN 301 549 and WCAG 2.2, level AA: apart from the following points, no breach is known.",
  title: "Accessibility",
};

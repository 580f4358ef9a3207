/** Accepting invitations. */
export const invitations = {
  accept: "Accept invitation",
  gone_text:
    "The invitation has already been accepted, was withdrawn or has expired. The person who invited you can send a new one.",
  gone_title: "This invitation no longer works",
  known_text: "There is already an account for {email}. Sign in with it to accept the invitation.",
  name: "Your first and last name",
  password: "Password",
  provider_text:
    "You sign in as {email} through your company’s identity provider; you do not need a password here.",
  ready_text: "You are signed in as {email}.",
  role_text: "Your role: {role}",
  sign_in: "Sign in and accept",
  title: "Invitation to {tenant}",
  unknown_text: "Your account will be {email}.",
};

/** Signing in and out. */
export const sessions = {
  email: "E-mail address",
  email_changed: "The new e-mail address is now valid. Sign in with it.",
  failed: "E-mail address or password is wrong.",
  forgotten: "Forgot your password?",
  passkey_failed: "The passkey was not recognised.",
  password: "Password",
  password_changed: "The new password is now valid. Sign in with it.",
  signed_out: "You are signed out.",
  submit: "Sign in",
  title: "Sign in",
};

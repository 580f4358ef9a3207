/** The addresses a tenant's provider is given: where browsers return to, and for back-channel log-out. */
import type { Ctx } from "./web.tsx";

const home = "/login/single-sign-on";

const whole = (path: string) => (c: Ctx): string => c.var.services.config.baseUrl + path;

export const redirectUri = whole(`${home}/answer`);
export const logoutRedirectUri = whole("/login");
export const logoutUri = whole(`${home}/logouts`);

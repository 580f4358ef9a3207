/** What a house's provider is told of us: where browsers come back to, and where its own word goes. */
import type { Ctx } from "./web.tsx";

const home = "/login/single-sign-on";

const whole = (path: string) => (c: Ctx): string => c.var.services.config.baseUrl + path;

export const redirectUri = whole(`${home}/answer`);
export const logoutRedirectUri = whole("/login");
export const logoutUri = whole(`${home}/logouts`);

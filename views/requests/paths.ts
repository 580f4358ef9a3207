/** Where people exercise their rights: towards the provider, or a tenant under its short name. */
import { path } from "../path.ts";

/** The address of all requests to a controller; `slug` is null for the provider. */
export const requestsPath = (slug: string | null): string =>
  slug === null ? "/privacy/requests" : path`/p/${slug}/requests`;

/** The address of a request; its number reveals nothing. */
export const requestPath = (slug: string | null, number: string): string =>
  requestsPath(slug) + path`/${number}`;

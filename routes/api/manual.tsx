/** The description of the API: as OpenAPI for programs, and as a page for people, open to everyone. */
import { quota } from "../../db/api_quotas.ts";
import { ApiManual } from "../../views/api/manual.tsx";
import { page, web } from "../web.tsx";
import { describe } from "./description.ts";
import { operations } from "./operations.ts";
import { kinds } from "./problems.ts";

/** Made once for an address: it depends on nothing else. */
const made = new Map<string, string>();

function textFor(baseUrl: string): string {
  const known = made.get(baseUrl) ?? JSON.stringify(describe(baseUrl));
  made.set(baseUrl, known);
  return known;
}

export default web.createApp()
  .get("/", (c) => {
    const { view, services: { config } } = c.var;
    const { components, paths } = JSON.parse(textFor(config.baseUrl)) as {
      components: { schemas: Record<string, never>; parameters: Record<string, never> };
      paths: Record<string, Record<string, never>>;
    };
    c.header("Cache-Control", "no-store");
    return page(
      c,
      <ApiManual
        view={view}
        address={`${config.baseUrl}/api/v1`}
        operations={operations.map(({ id, method, path, tag, scope }) => ({
          ...{ id, method, path, tag, scope },
          described: paths[path]![method]!,
        }))}
        schemas={components.schemas}
        parameters={components.parameters}
        problems={Object.entries(kinds).map(([kind, status]) => ({ kind, status }))}
        most={quota.most}
      />,
      { title: "api.manual", bare: true, wide: true },
    );
  })
  .get("/openapi.json", (c) => {
    c.header("Cache-Control", "no-store");
    c.header("Content-Type", "application/json");
    return c.body(textFor(c.var.services.config.baseUrl));
  });

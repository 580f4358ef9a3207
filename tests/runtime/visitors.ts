/** A browser by hand before started services: it keeps its cookies, whichever machine it asks. */
import type { Service } from "./service.ts";

export class Visitor {
  private readonly cookies = new Map<string, string>();

  /** One request, no redirect followed; with fields it posts a form. */
  async ask(service: Service, path: string, fields?: Record<string, string>): Promise<Response> {
    return await this.send(service, path, fields && new URLSearchParams(fields));
  }

  /** The same with a body as it is: a form with files. */
  async send(service: Service, path: string, body?: BodyInit): Promise<Response> {
    const answer = await fetch(service.url + path, {
      method: body ? "POST" : "GET",
      body,
      redirect: "manual",
      headers: {
        Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        "Sec-Fetch-Site": "same-origin",
        "X-Request-Id": "probe-1234567",
      },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }
}

/** What the bench uses of autocannon, which ships no types. */
declare namespace autocannon {
  interface Request {
    method?: string;
    path?: string;
    headers?: Record<string, string>;
    body?: string;
  }
  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Seconds. */
    timeout: number;
    requests: { setupRequest: (request: Request) => Request }[];
  }
  interface Result {
    duration: number;
    errors: number;
    timeouts: number;
  }
  interface Running extends Promise<Result> {
    on(
      event: "response",
      listener: (client: unknown, status: number, bytes: number, milliseconds: number) => void,
    ): void;
  }
}
declare function autocannon(options: autocannon.Options): autocannon.Running;
export default autocannon;

import { ApiError, isTransient, NetworkError, request } from "@shared/api";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function answer(status: number, body: string, headers: Record<string, string> = {}) {
  const fetched = vi.fn(
    async () => new Response(status === 204 ? null : body, { status, headers }),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

async function failure(): Promise<unknown> {
  return request("/x", { body: {} }).then(
    () => "succeeded",
    (error: unknown) => error,
  );
}

test("a body makes it a POST with a bearer token", async () => {
  const fetched = answer(201, '{"id":1}');

  expect(await request("/x", { body: { a: 1 }, token: "secret" })).toEqual({ id: 1 });

  expect(fetched).toHaveBeenCalledWith(
    "/x",
    expect.objectContaining({
      method: "POST",
      body: '{"a":1}',
      credentials: "omit",
      headers: { "Content-Type": "application/json", Authorization: "Bearer secret" },
    }),
  );
});

test("what may be spoken is, as the route that it is", async () => {
  const fetched = answer(201, '{"by":"request"}');
  const speak = vi.fn(async () => ({
    type: "answer" as const,
    id: "1",
    status: 201,
    body: { by: "socket" },
  }));
  const url = "https://chat.example/api/widget/send";

  expect(await request(url, { body: { a: 1 }, token: "secret", speak })).toEqual({ by: "socket" });

  expect(speak).toHaveBeenCalledWith({ path: "/widget/send", token: "secret", body: { a: 1 } });
  expect(fetched).not.toHaveBeenCalled();
});

test.each([undefined, Promise.resolve(undefined)])(
  "what was not answered over a socket is asked by a request",
  async (silence) => {
    answer(201, '{"by":"request"}');

    const asked = request("/x", { body: {}, token: "secret", speak: () => silence });

    expect(await asked).toEqual({ by: "request" });
  },
);

test("what has no body is spoken with an empty one, its query in the path", async () => {
  const fetched = answer(200, "{}");
  const speak = vi.fn(async () => ({ type: "answer" as const, id: "1", status: 200, body: {} }));

  await request("/api/panel/conversations?tab=mine", { token: "secret", speak });

  const path = "/panel/conversations?tab=mine";
  expect(speak).toHaveBeenCalledWith({ path, token: "secret", body: {} });
  expect(fetched).not.toHaveBeenCalled();
});

test("what is too large for a socket is asked by a request", async () => {
  answer(200, '{"by":"request"}');
  const error = { code: "too_large", message: "Ask by a request" };
  const refused = { type: "answer" as const, id: "1", status: 413, body: { error } };

  const asked = request("/x", { token: "secret", speak: async () => refused });

  expect(await asked).toEqual({ by: "request" });
});

test("a refusal over a socket is a refusal", async () => {
  const fetched = answer(201, "{}");
  const error = { code: "already_taken", message: "Anna has it" };
  const refused = { type: "answer" as const, id: "1", status: 409, body: { error } };

  const asked = request("/x", { body: {}, token: "secret", speak: async () => refused });

  await expect(asked).rejects.toMatchObject({ status: 409, code: "already_taken" });
  expect(fetched).not.toHaveBeenCalled();
});

test("a refusal carries the status, the code, the field and the time to wait", async () => {
  answer(429, '{"error":{"code":"too_many_requests","message":"Slow down","field":"body"}}', {
    "Retry-After": "7",
  });

  const error = await failure();

  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 429,
    code: "too_many_requests",
    message: "Slow down",
    field: "body",
    retryAfter: 7,
  });
});

test.each([
  [401, "unauthorized"],
  [404, "not_found"],
  [418, "invalid"],
  [502, "unavailable"],
])("a gateway's %d without our body still has a code", async (status, code) => {
  answer(status, "<html>");

  expect(await failure()).toMatchObject({ status, code });
});

test("no answer, and an answer that is not JSON, are network errors", async () => {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => Promise.reject(new TypeError("Failed to fetch"))),
  );
  expect(await failure()).toBeInstanceOf(NetworkError);

  answer(200, "<html>a captive portal</html>");
  expect(await failure()).toBeInstanceOf(NetworkError);
});

test("a server that says nothing is given up after fifteen seconds", async () => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
    return new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new Error("aborted")));
    });
  });
  const failed = failure();

  await vi.advanceTimersByTimeAsync(15_000);

  expect(await failed).toBeInstanceOf(NetworkError);
});

test("only what may pass by itself is tried again", () => {
  const refused = (status: number) => new ApiError(status, { code: "invalid", message: "" });

  expect([429, 500, 503].map((status) => isTransient(refused(status)))).toEqual([true, true, true]);
  expect([400, 401, 403, 404, 413].some((status) => isTransient(refused(status)))).toBe(false);
  expect(isTransient(new NetworkError())).toBe(true);
});

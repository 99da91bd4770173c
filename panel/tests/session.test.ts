import { beforeEach, expect, it } from "vitest";
import { call } from "../src/session/call";
import { signIn } from "../src/session/enter";
import { useSession } from "../src/session/store";
import { tokens } from "../src/session/tokens";
import { type Answer, anna, refused, serve, startAsAnna } from "./samples";

/** A server for which only the access token `valid` counts, and each refresh makes the next one. */
function rotating(valid: string) {
  let generation = 0;
  return serve(({ path, token }): Answer => {
    if (path.endsWith("/refresh")) {
      generation += 1;
      return [200, { access_token: valid, refresh_token: `refresh-${generation}`, operator: anna }];
    }
    return token === valid ? [200, { ok: true }] : refused(401, "unauthorized");
  });
}

beforeEach(() => {
  startAsAnna();
  tokens.adopt({ access: "old", refresh: "refresh-0" });
});

it("renews an access token that has run out, and repeats the request", async () => {
  const asked = rotating("new");
  await expect(call("/directory")).resolves.toEqual({ ok: true });
  expect(asked.map(({ path }) => path)).toEqual([
    "/api/panel/directory",
    "/api/panel/refresh",
    "/api/panel/directory",
  ]);
  expect(localStorage.getItem("messenger:panel")).toBe("refresh-1");
});

it("renews once, however many requests find out together", async () => {
  const asked = rotating("new");
  await Promise.all([call("/directory"), call("/socket_ticket"), call("/conversations?tab=mine")]);
  expect(asked.filter(({ path }) => path.endsWith("/refresh"))).toHaveLength(1);
});

it("uses the refresh token that another tab has stored meanwhile", async () => {
  const asked = rotating("new");
  localStorage.setItem("messenger:panel", "refresh-of-another-tab");
  await call("/directory");
  expect(asked.find(({ path }) => path.endsWith("/refresh"))?.body).toEqual({
    refresh_token: "refresh-of-another-tab",
  });
});

it("keeps the screen and asks to sign in again when the refresh token is refused", async () => {
  serve(() => refused(401, "unauthorized"));
  await expect(call("/directory")).rejects.toMatchObject({ status: 401 });
  expect(useSession.getState()).toMatchObject({ status: "expired", operator: { id: "anna" } });
});

it("does not end the session because the network failed", async () => {
  serve(({ path }) => (path.endsWith("/refresh") ? "offline" : refused(401, "unauthorized")));
  await expect(call("/directory")).rejects.toThrow();
  expect(useSession.getState().status).toBe("signed_in");
});

it("gives up after two renewals: fresh tokens that are refused end the session", async () => {
  const asked = serve(({ path }) =>
    path.endsWith("/refresh")
      ? [200, { access_token: "new", refresh_token: "r", operator: anna }]
      : refused(401, "unauthorized"),
  );
  await expect(call("/directory")).rejects.toMatchObject({ status: 401 });
  expect(useSession.getState().status).toBe("expired");
  expect(asked.map(({ token }) => token)).toEqual(["old", null, "new", null, "new"]);
});

it("goes on where it was after signing in again", async () => {
  useSession.setState({ status: "expired" });
  serve(() => [200, { access_token: "new", refresh_token: "refresh-9", operator: anna }]);
  await signIn({ email: "anna@example.com", password: "demo" });
  expect(useSession.getState()).toMatchObject({ status: "signed_in", operator: anna });
  expect(tokens.access).toBe("new");
});

import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { receiveConversations } from "../src/conversations/store";
import { tokens } from "../src/session/tokens";
import { useOpening } from "../src/thread/useOpening";
import { letGo } from "../src/threads/load";
import { threadOf } from "../src/threads/store";
import { type Asked, conversation, message, serve, startAsAnna } from "./samples";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const mine = conversation("a", { assignee: { id: "anna", name: "Anna" }, seq: 1, rev: 3 });
let root: Root;
let asked: Asked[];

const opens = () => asked.filter(({ path }) => path.endsWith("/a/open")).length;

function Screen() {
  useOpening("a");
  return null;
}

beforeEach(async () => {
  startAsAnna();
  tokens.adopt({ access: "token", refresh: "refresh" });
  asked = serve(() => [
    200,
    { conversation: mine, messages: [message("a", 1)], evidence: null, history: [] },
  ]);
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  receiveConversations(mine);
  root = createRoot(document.createElement("div"));
  await act(async () => root.render(<Screen />));
  await vi.waitFor(() => expect(threadOf("a")?.state).toBe("ready"));
});

afterEach(() => act(() => root.unmount()));

it("is fetched once when it comes to the screen", () => {
  expect(opens()).toBe(1);
});

it("is fetched again when it was gone and is there again, in the same hands", async () => {
  await act(async () => letGo("a"));
  expect(threadOf("a")?.state).toBe("gone");
  await act(async () => receiveConversations(mine));
  await vi.waitFor(() => expect(threadOf("a")?.state).toBe("ready"));
  expect(opens()).toBe(2);
});

import { MantineProvider } from "@mantine/core";
import type { Conversation } from "@shared/wire";
import { QueryClientProvider } from "@tanstack/react-query";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setLanguage } from "../src/i18n/language";
import { queries } from "../src/queries";
import { lendSocket } from "../src/realtime/speak";
import { tokens } from "../src/session/tokens";
import { Composer } from "../src/thread/Composer";
import { useOutbox } from "../src/threads/outbox";
import { takeBack } from "../src/threads/takeBack";
import { conversation, queued, serve, startAsAnna } from "./samples";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

let root: Root;
const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const sent = () => (useOutbox.getState().byId.a ?? []).map(({ body }) => body);

async function show(facts: Partial<Conversation> = {}) {
  const shown = conversation("a", facts);
  await act(() =>
    root.render(
      <QueryClientProvider client={queries}>
        <MantineProvider>
          <Composer conversation={shown} />
        </MantineProvider>
      </QueryClientProvider>,
    ),
  );
}

async function type(text: string) {
  const area = find("composer") as HTMLTextAreaElement;
  const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set;
  await act(() => {
    setter?.call(area, text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function press(key: string, more: KeyboardEventInit = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  await act(() => {
    find("composer")?.dispatchEvent(event);
  });
}

beforeEach(() => {
  startAsAnna();
  queries.setQueryData(["directory"], { branches: [], inboxes: [], operators: [] });
  setLanguage("en");
  tokens.adopt({ access: "token", refresh: "refresh" });
  useOutbox.setState({ byId: {} });
  serve(() => new Promise(() => {}));
  const place = document.createElement("div");
  document.body.replaceChildren(place);
  root = createRoot(place);
});

afterEach(() => act(() => root.unmount()));

describe("the composer", () => {
  it("sends with Enter, without the blanks around, and empties itself and the draft", async () => {
    await show();
    await type("  Hello\nthere  ");
    await press("Enter");
    expect(sent()).toEqual(["Hello\nthere"]);
    expect((find("composer") as HTMLTextAreaElement).value).toBe("");
    expect(localStorage.getItem("messenger:panel:draft:anna:a")).toBeNull();
  });

  it("takes a refused reply back with its files, behind what was written since", async () => {
    const file = { id: "f1", name: "a.pdf", type: "application/pdf", size: 10 };
    const attachments = [{ ...file, width: null, height: null, thumbnail: false }];
    const refused = { client_id: "c1", body: "Hello", attachments, at: 1, failed: true };
    useOutbox.setState({ byId: { a: [refused] } });
    await show();
    await type("and more");

    await act(() => takeBack("a", refused));

    expect(sent()).toEqual([]);
    expect((find("composer") as HTMLTextAreaElement).value).toBe("and more\nHello");
    expect(document.activeElement).toBe(find("composer"));
    expect(find("tray-item")?.dataset.state).toBe("ready");
    await press("Enter");
    expect(useOutbox.getState().byId.a?.[0]?.attachments).toEqual(attachments);
  });

  it("starts a line with Shift+Enter, and leaves Enter to an input method", async () => {
    await show();
    await type("Hello");
    await press("Enter", { shiftKey: true });
    await press("Enter", { isComposing: true });
    expect(sent()).toEqual([]);
  });

  it("refuses what is blank", async () => {
    await show();
    await type(" \n ");
    await press("Enter");
    expect(sent()).toEqual([]);
    expect(find("send")?.hasAttribute("disabled")).toBe(true);
  });

  it("refuses what is too long, and tells by how much", async () => {
    await show();
    await type("x".repeat(4_001));
    await press("Enter");
    expect(sent()).toEqual([]);
    expect(find("characters")?.textContent).toBe("1\u00a0character too many");
  });

  it("tells that a reply takes a queued conversation", async () => {
    await show(queued);
    expect(document.body.textContent).toContain("Your reply takes the conversation");
  });

  it("gives way to the view-only ribbon when the operator may not reply", async () => {
    await show({ may_reply: false, assignee: { id: "oleg", name: "Олег" } });
    expect(find("composer")).toBeNull();
    expect(find("ribbon")?.textContent).toContain("the client does not see you reading");
    expect(find("ribbon")?.textContent).toContain("Олег");
  });
});

describe("the other side is told that a reply is being written", () => {
  const said: unknown[] = [];
  beforeEach(() => {
    said.splice(0);
    lendSocket({ speak: () => undefined, say: (frame) => said.push(frame) > 0 });
  });

  it("a second after the first letter, and that it was taken back", async () => {
    await show();
    await type("Д");
    await type("До");
    expect(said).toEqual([]);
    await vi.waitFor(() => expect(said).toHaveLength(1), 10_000);
    await type("");
    expect(said).toEqual([
      { type: "typing", conversation_id: "a", writing: true },
      { type: "typing", conversation_id: "a", writing: false },
    ]);
  });

  it("and nothing more when it is sent", async () => {
    serve(() => [503, { error: { code: "unavailable", message: "" } }]);
    await show();
    await type("Добрый день");
    await vi.waitFor(() => expect(said).toHaveLength(1), 10_000);
    await press("Enter");
    expect(said).toEqual([{ type: "typing", conversation_id: "a", writing: true }]);
  });
});

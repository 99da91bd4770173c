import { MantineProvider } from "@mantine/core";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import AlertsDialog from "../src/alerts/AlertsDialog";
import { usePermission } from "../src/alerts/popups";
import { readAlertSettings, useAlertSettings } from "../src/alerts/settings";
import { useSoundAllowed } from "../src/alerts/tones";
import { setLanguage } from "../src/i18n/language";
import { useSession } from "../src/session/store";
import { anna, startAsAnna } from "./samples";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

let root: Root;
const find = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const hints = () =>
  [...document.querySelectorAll('[data-testid="alerts-hint"]')].map(
    ({ textContent }) => textContent,
  );
const press = (id: string) => act(() => find(id)?.click());

async function show(): Promise<void> {
  await act(() =>
    root.render(
      <MantineProvider env="test">
        <AlertsDialog onClose={() => undefined} />
      </MantineProvider>,
    ),
  );
}

beforeEach(() => {
  startAsAnna();
  setLanguage("en");
  localStorage.clear();
  readAlertSettings();
  useSoundAllowed.setState({ allowed: true });
  usePermission.setState({ permission: "granted" });
  root = createRoot(document.body.appendChild(document.createElement("div")));
});

afterEach(async () => {
  await act(() => root.unmount());
});

describe("the dialog of sound and notifications", () => {
  it("says nothing where the browser lets all through", async () => {
    await show();
    expect(hints()).toEqual([]);
  });

  it.each([
    ["default", "not been asked"],
    ["denied", "blocks notifications"],
    ["unsupported", "shows no notifications"],
  ] as const)(
    "says so where the permission is %s, while notifications are wanted",
    async (permission, words) => {
      usePermission.setState({ permission });
      await show();
      expect(hints()).toEqual([expect.stringContaining(words)]);
      await press("alerts-popups");
      expect(hints()).toEqual([]);
    },
  );

  it("says so where the browser keeps the tab silent", async () => {
    useSoundAllowed.setState({ allowed: false });
    await show();
    expect(hints()).toEqual([expect.stringContaining("silent")]);
  });

  it("keeps what is chosen, and tests nothing when all is off", async () => {
    await show();
    await press("alerts-message");
    await press("alerts-sound");
    await press("alerts-popups");
    expect(useAlertSettings.getState()).toMatchObject({
      sound: false,
      popups: false,
      muted: ["message"],
    });
    expect(find("alerts-test")).toHaveProperty("disabled", true);
    expect(find("alerts-volume")).toBeNull();
  });

  it("offers alarms to those who watch over all", async () => {
    await show();
    expect(find("alerts-alarm")).toBeNull();
    await act(() => useSession.setState({ operator: { ...anna, role: "supervisor" } }));
    expect(find("alerts-alarm")).not.toBeNull();
  });
});

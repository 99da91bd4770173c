/** Who comes by a link: the token is taken out of the address, the password is judged as it is typed. */

import { afterEach, describe, expect, it } from "vitest";
import { dropInvitation, useInvitation, watchForInvitation } from "../src/session/invitation";
import { strengthOf } from "../src/session/join/strength";

const token = () => useInvitation.getState().token;

afterEach(() => {
  dropInvitation();
  location.hash = "";
});

describe("the link", () => {
  it("is taken out of the address when the panel starts", () => {
    location.hash = "#/join/anna.s3cret-_";

    watchForInvitation();

    expect(token()).toBe("anna.s3cret-_");
    expect(location.href).not.toContain("s3cret");
  });

  it("is followed when it is put into an open panel", () => {
    watchForInvitation();
    expect(token()).toBeNull();

    location.hash = "#/join/oleg.other";
    window.dispatchEvent(new HashChangeEvent("hashchange"));

    expect(token()).toBe("oleg.other");
    expect(location.href).not.toContain("other");
  });

  it.each(["#/conversations", "#/join/", "#/join/a/b", ""])("is not %s", (hash) => {
    location.hash = hash;

    watchForInvitation();

    expect(token()).toBeNull();
    expect(location.hash).toBe(hash);
  });
});

describe("a password", () => {
  it.each([
    ["", "none"],
    ["123456789", "short"],
    ["1234567890", "fine"],
    ["😀😀😀😀😀", "short"],
    ["1234567890123456", "strong"],
  ])("%s is %s", (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });
});

import { describe, expect, it } from "vitest";
import { contrast, shades } from "../../shared/look";

const SURFACES = { light: "#ffffff", dark: "#17181d" };

describe("a company's colour", () => {
  const random = (seed: number) => {
    const mixed = Math.imul(seed + 1, 2_654_435_761) >>> 8;
    return `#${mixed.toString(16).padStart(6, "0")}`;
  };
  const colours = [
    "#ffffff",
    "#000000",
    "#ffe600",
    "#ff7a00",
    "#777777",
    ...Array.from({ length: 300 }, (_, n) => random(n)),
  ];

  it("is read on, and is read itself, in both schemes", () => {
    for (const accent of colours) {
      for (const [scheme, surface] of Object.entries(SURFACES)) {
        const { on, strong } = shades(accent, scheme === "dark");

        expect(contrast(on, accent), `${accent}: ${on}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(strong, surface), `${accent}: ${strong}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it("stays as it is where it is readable", () => {
    expect(shades("#3342b8", false)).toEqual({
      accent: "#3342b8",
      on: "#ffffff",
      strong: "#3342b8",
    });
  });

  it("contrasts as WCAG counts it", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  });
});

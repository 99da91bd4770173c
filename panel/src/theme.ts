/** The Mantine theme: shades dark enough for WCAG AA in both schemes, and one radius and font everywhere. */
import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
} from "@mantine/core";
import { dark, gray, pine } from "./palette";

export const theme = createTheme({
  primaryColor: "pine",
  primaryShade: 8,
  autoContrast: true,
  colors: { pine, gray, dark },
  black: "#18211e",
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  fontFamily: '"Golos Text Variable", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  headings: { fontWeight: "620" },
});

/** Mantine's dimmed text is too pale for AA on tinted surfaces, its red for text. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": gray[7],
    "--mantine-color-placeholder": gray[6],
    "--mantine-color-error": "var(--bad)",
  },
  dark: {
    "--mantine-color-dimmed": dark[1],
    "--mantine-color-placeholder": dark[1],
    "--mantine-color-error": "var(--bad)",
  },
});

/** The same key is read by `public/scheme.js` before the first paint. */
export const schemes = localStorageColorSchemeManager({ key: "messenger:panel:scheme" });

/** How the panel is built: static files under `/panel/`, nothing inline, so that a strict CSP holds. */
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const shared = fileURLToPath(new URL("../widget/shared", import.meta.url));

export default defineConfig({
  base: "/panel/",
  plugins: [react()],
  resolve: { alias: { "@shared": shared } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // What we do not write changes seldom: browsers keep it over a release.
      output: {
        codeSplitting: { groups: [{ name: "vendor", test: /node_modules/, tags: ["$initial"] }] },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});

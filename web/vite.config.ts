import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const alias = { "@": here("./src"), "intl-messageformat": here("./src/app/noMessageFormat.ts") };

export default defineConfig({
  plugins: [react()],
  resolve: { alias },
  // Every file but index.html bears its content's hash, so it may be kept forever. Nothing is inlined: the
  // portal's content security policy takes no data: scripts or styles.
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
  },
  test: { include: ["src/**/*.test.{ts,tsx}"], environment: "node", testTimeout: 60_000 },
});

/** Builds the gallery: every page of the portal with invented answers of the API, to be looked at and tested. */
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { alias } from "../vite.config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "/",
  publicDir: here("../public"),
  plugins: [react()],
  resolve: { alias },
  build: { outDir: here("../dist-gallery"), emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 },
});

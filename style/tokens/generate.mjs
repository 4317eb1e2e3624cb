// Writes _generated.scss from Cloudscape's public design tokens (Apache-2.0, see NOTICE).
//
//   npm pack @cloudscape-design/design-tokens && tar xzf cloudscape-design-design-tokens-*.tgz
//   node style/tokens/generate.mjs package/index-visual-refresh.json
//
// Only the tokens listed here are written: what no style sheet uses, no browser should load.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const COLORS = `
background-badge-blue background-badge-green background-badge-grey background-badge-red text-badge-grey
background-button-link-hover background-button-normal-active background-button-normal-default
background-button-normal-disabled background-button-normal-hover background-button-primary-default
background-button-primary-disabled background-button-primary-hover background-cell-shaded background-code-view
background-container-content background-control-checked background-control-default background-control-disabled
background-dropdown-item-default background-dropdown-item-hover background-flashbar-error background-flashbar-info
background-flashbar-success background-flashbar-warning background-input-default background-input-disabled
background-item-selected background-layout-main background-layout-panel background-layout-toolbar
background-backdrop background-notification-grey background-popover background-progress-bar-default
background-progress-bar-value-default background-status-error background-status-info background-status-success
background-status-warning background-tiles-disabled background-toggle-default background-toggle-checked-disabled
border-button-normal-active border-button-normal-default border-button-normal-disabled border-button-normal-hover
border-button-primary-disabled border-control-default border-divider-default border-divider-secondary
border-dropdown-container border-dropdown-item-hover border-input-default border-input-focused border-item-focused
border-item-selected border-layout-side-navigation border-popover border-status-error border-status-info
border-status-success border-status-warning foreground-control-default text-accent text-body-default
text-body-secondary text-breadcrumb-icon text-button-inline-icon-default text-button-normal-active
text-button-normal-default text-button-normal-disabled text-button-normal-hover text-button-primary-default
text-button-primary-disabled text-counter text-dropdown-item-default text-dropdown-item-highlighted
text-dropdown-item-secondary text-empty text-expandable-section-hover text-form-secondary text-group-label
text-heading-default text-heading-secondary text-icon-subtle text-input-placeholder text-interactive-default
text-interactive-disabled text-interactive-hover text-label text-link-default text-link-hover
text-notification-default text-notification-yellow text-side-navigation-item-active text-status-error
text-status-inactive text-status-info text-status-success text-status-warning
`.trim().split(/\s+/).map((name) => `color-${name}`);

const SCALES = `
size-vertical-input space-alert-vertical space-button-horizontal space-button-vertical space-container-horizontal
space-field-horizontal space-field-vertical space-scaled-l space-scaled-m space-scaled-s space-scaled-xs
space-scaled-xxl space-scaled-xxs space-token-vertical
`.trim().split(/\s+/);

const FIXED = `
border-radius-alert border-radius-badge border-radius-button border-radius-container
border-radius-control-default-focus-ring border-radius-dropdown border-radius-flashbar border-radius-input
border-radius-item border-radius-popover border-radius-tiles border-radius-token border-width-alert
border-width-button border-width-dropdown border-width-field border-width-item-selected border-width-popover
border-width-token font-family-base font-family-monospace font-size-body-m font-size-body-s font-size-display-l
font-size-heading-l font-size-heading-m font-size-heading-s font-size-heading-xl font-size-tabs
letter-spacing-display-l letter-spacing-heading-l letter-spacing-heading-m letter-spacing-heading-s
letter-spacing-heading-xl line-height-body-m line-height-body-s line-height-display-l line-height-heading-l
line-height-heading-m line-height-heading-xl line-height-tabs space-static-l space-static-m space-static-s
space-static-xl space-static-xs space-static-xxl space-static-xxs space-static-xxxl
`.trim().split(/\s+/);

const source = process.argv[2];
if (!source) {
  console.error("usage: node style/tokens/generate.mjs <index-visual-refresh.json>");
  process.exit(2);
}
const { tokens } = JSON.parse(readFileSync(source, "utf8"));

function value(name, mode) {
  const token = tokens[name];
  if (!token) throw new Error(`${source} has no token ${name}`);
  const found = token.$value;
  const text = typeof found === "string" ? found : (found[mode] ?? found.comfortable ?? found.default);
  if (typeof text !== "string") throw new Error(`${name} has no value for ${mode}`);
  return text;
}

function mixin(name, names, mode, skip = () => false) {
  const lines = names.filter((token) => !skip(token)).map((token) => `  --${token}: ${value(token, mode)};`);
  return `@mixin ${name} {\n${lines.join("\n")}\n}\n`;
}

const out = [
  "// Written by generate.mjs from Cloudscape's design tokens (Apache-2.0, see NOTICE). Do not edit.\n",
  mixin("light", COLORS, "light"),
  mixin("dark", COLORS, "dark", (token) => value(token, "dark") === value(token, "light")),
  mixin("comfortable", SCALES, "comfortable"),
  mixin("compact", SCALES, "compact", (token) => value(token, "compact") === value(token, "comfortable")),
  mixin("fixed", FIXED, "light"),
].join("\n");

const target = join(dirname(fileURLToPath(import.meta.url)), "_generated.scss");
writeFileSync(target, out);
console.log(`${target}: ${COLORS.length + SCALES.length + FIXED.length} tokens`);

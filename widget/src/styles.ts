/** Where the styles go: constructed sheets need no `style-src` of the host page; old browsers get a style element. */

let root: ShadowRoot | undefined;

/** Styles asked for before are of a widget that is gone. */
export function styleIn(shadow: ShadowRoot): void {
  root = shadow;
  root.adoptedStyleSheets = [];
}

/** Adds the styles of the whole, or of a part that came. */
export function addStyles(css: string): void {
  if (!root) return;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}

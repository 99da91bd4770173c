/** The sites that may show a widget, one a line; the server has the last word. */

export function linesOf(typed: string): string[] {
  const lines = typed.split(/[\n,;]/).map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))];
}

/** Whether it is none: `shop.example`, `http://localhost:8080` and `*.shop.example` are. */
export function siteFault(line: string): boolean {
  const [, , host = ""] = /^(https?:\/\/)?(.*?)\/?$/i.exec(line) ?? [];
  const named = host.replace(/^\*\./, "");
  if (!named || /[\s/?#@*]/.test(named) || !URL.canParse(`http://${named}`)) return true;
  return host.startsWith("*.") && !named.includes(".");
}

/** What the loader leaves for the app: how it is configured, and the shadow root that already shows the launcher. */

export interface Handover {
  /** The script's address, and its `data-` attributes as the page's author wrote them; `inbox` is one of them. */
  src: string;
  data: DOMStringMap;
  root: ShadowRoot;
  /** What the page and the launcher have asked for while the app was on its way. */
  calls: Call[];
  /** Runs a script that stands beside the loader. */
  fetch(file: string, failed: () => void, came?: () => void): void;
}

/** `Messenger("open")`: what a page can say (docs/widget-api.md). */
export type Call = [command: string, ...more: unknown[]];

export interface Messenger {
  (...call: Call): void;
  /** What the page asked for before the loader came. */
  q?: Call[];
  handover?: Handover | undefined;
}

declare global {
  interface Window {
    Messenger?: Messenger | undefined;
    trustedTypes?: {
      createPolicy<Rules extends object>(name: string, rules: Rules): Rules;
    };
  }
}

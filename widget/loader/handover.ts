/** What the loader leaves for the app: how it is configured, and the shadow root that already shows the launcher. */

export interface Handover {
  /** The script's address, and its `data-` attributes as the page's author wrote them; `inbox` is one of them. */
  src: string;
  data: DOMStringMap;
  root: ShadowRoot;
  /** The launcher was clicked while the app was on its way. */
  open: boolean;
  /** Runs a script that stands beside the loader. */
  fetch(file: string, failed: () => void, came?: (() => void) | null): void;
}

declare global {
  interface Window {
    messengerHandover?: Handover;
    trustedTypes?: {
      createPolicy<Rules extends object>(name: string, rules: Rules): Rules;
    };
  }
}

/** What the loader leaves for the app: how it is configured, and the shadow root that already shows the launcher. */

export interface Handover {
  inbox: string;
  /** Base address of the API. */
  api: string;
  /** As the page's author wrote it; may be empty. */
  lang: string;
  root: ShadowRoot;
  /** The launcher was clicked while the app was on its way. */
  open: boolean;
}

declare global {
  interface Window {
    messengerHandover?: Handover;
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    };
  }
}

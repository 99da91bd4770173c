/** What the loader leaves for the app: how it is configured, and the shadow root that already shows the launcher. */

export interface Handover {
  inbox: string;
  /** Base address of the API, without a trailing slash. */
  api: string;
  lang: string | null;
  root: ShadowRoot;
  /** The launcher was clicked while the app was on its way. */
  open: boolean;
}

declare global {
  interface Window {
    messengerHandover?: Handover;
  }
}

/** Parts of the app that come when they are wanted: each a script of its own, as `build.mjs` writes them. */

type Part = (require: Require, exports: object) => void;

export interface Require {
  (name: string): object;
  /** Fetches the files, asks for the first one's exports; rejects when one of them does not come. */
  bring(...files: string[]): Promise<object>;
}

declare global {
  interface Window {
    /** Where a part puts itself. */
    messengerParts?: Record<string, Part>;
  }
}

/** How parts get what the app exports, and each other's. */
export function partsOf(app: object): Require {
  const known: Record<string, object> = { "./widget.js": app };
  const fetching: Record<string, Promise<void> | null> = {};
  const fetch = window.Messenger?.handover?.fetch;

  const require: Require = (name) => {
    if (!known[name]) {
      const part = window.messengerParts?.[name];
      // What answered in our place (a hotel's login page) was no part.
      if (!part) throw new Error(name);
      const exports = {};
      known[name] = exports;
      part(require, exports);
    }
    return known[name];
  };

  require.bring = async (...files) => {
    const came = files.map((file) => {
      fetching[file] ??= new Promise<void>((resolve, reject) => fetch?.(file, reject, resolve));
      return fetching[file];
    });
    try {
      await Promise.all(came);
      return require((files[0] as string).replace(/^(.+)-\w+\.js$/, "./$1.js"));
    } catch (error) {
      for (const file of files) fetching[file] = null;
      throw error;
    }
  };
  return require;
}

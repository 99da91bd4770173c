/** Something that comes when it is wanted: what `import()` names is a file of its own (`build.mjs`). */

import { signal } from "./signal";

const RETRY_MS = 1_000;
const TRIES = 9;

export class Part<M> {
  /** null until it is here. */
  readonly module = signal<M | null>(null);
  /** It did not come yet; it is asked for again by itself, and when the network is back. */
  readonly failed = signal(false);
  private coming = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly load: () => Promise<M>) {}

  /** What it shows; nothing until it is here. */
  show<Shown>(draw: (module: M) => Shown): Shown | null {
    return this.module.value && draw(this.module.value);
  }

  /** Asks for it, unless it is here or on its way. */
  readonly want = (): void => {
    if (this.module.value || this.coming) return;
    this.coming = true;
    clearTimeout(this.timer);
    this.load().then(
      (module) => {
        removeEventListener("online", this.want);
        this.failed.value = false;
        this.module.value = module;
      },
      () => {
        this.coming = false;
        this.failed.value = true;
        addEventListener("online", this.want);
        if (this.failures < TRIES) {
          this.timer = setTimeout(this.want, RETRY_MS * 2 ** this.failures);
          this.failures += 1;
        }
      },
    );
  };
}

export const soon = new Part(() => import("./soon"));
export const captcha = new Part(() => import("./guard/captcha"));
export const files = new Part(() => import("./files/files"));
export const leaving = new Part(() => import("./leaving/leaving"));
export const page = new Part(() => import("./page"));

/** The line to the server, which comes soon: neither showing what there is nor sending waits for it. */

import type { Speak } from "@shared/api";
import type { Realtime, RealtimeOptions } from "@shared/realtime";
import type { ClientFrame } from "@shared/wire";
import { soon } from "./part";
import { onChange } from "./signal";

export class Live<F> {
  private realtime: Realtime<F> | null = null;
  private running = false;

  constructor(private readonly options: RealtimeOptions<F>) {
    const come = () => {
      const { value } = soon.module;
      if (!value) return;
      forget();
      this.realtime = new value.Realtime(options);
      if (this.running) this.realtime.start();
    };
    const forget = onChange(come);
    come();
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    soon.want();
    if (this.realtime) this.realtime.start();
    else this.options.onState("connecting");
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    if (this.realtime) this.realtime.stop();
    else this.options.onState("stopped");
  }

  wake(): void {
    soon.want();
    this.realtime?.wake();
  }

  stir(): void {
    this.realtime?.stir();
  }

  say(frame: ClientFrame): boolean {
    return this.realtime?.say(frame) ?? false;
  }

  readonly speak: Speak = (asked) => this.realtime?.speak(asked);
}

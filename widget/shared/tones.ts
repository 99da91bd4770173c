/** Short sounds, made here: no file to fetch. Browsers let a page be heard from somebody's first gesture on it. */

const STEP_S = 0.13;
const FADE_S = 0.3;
/** A finger's is one when it lets go. */
const GESTURES = ["pointerdown", "pointerup", "keydown"] as const;

export class Tones {
  /** Whether the browser lets this page be heard. */
  allowed = false;
  private context: AudioContext | undefined;
  private sounding = 0;

  /** `onAllowed`: from now on the page may be heard. */
  constructor(private readonly onAllowed: () => void) {}

  /** With the first gesture the page may be heard; until the returned function is called. */
  awaitGesture(): () => void {
    const begin = async () => {
      await this.allow();
      if (this.allowed) stop();
    };
    const stop = () => {
      for (const event of GESTURES) removeEventListener(event, begin, true);
    };
    if (!this.allowed) for (const event of GESTURES) addEventListener(event, begin, true);
    // One that came before anybody listened counts as well.
    if (navigator.userActivation?.hasBeenActive) void begin();
    return stop;
  }

  /** One tone that goes through the steps (in hertz) and fades; `volume` from 0 to 1. */
  play(steps: readonly number[], volume: number): void {
    const { context } = this;
    if (!context || !this.allowed || volume <= 0) return;
    context.resume().catch(() => {});
    const begin = context.currentTime;
    const end = begin + steps.length * STEP_S + FADE_S;
    const tone = new OscillatorNode(context, { type: "triangle" });
    const gain = new GainNode(context, { gain: 0 });
    for (const [at, hertz] of steps.entries()) {
      tone.frequency.setValueAtTime(hertz, begin + at * STEP_S);
    }
    // What is heard as half as loud is a quarter of the amplitude.
    gain.gain.linearRampToValueAtTime(volume ** 2, begin + 0.015);
    gain.gain.setValueAtTime(volume ** 2, end - FADE_S);
    gain.gain.exponentialRampToValueAtTime(0.0001, end);
    tone.connect(gain).connect(context.destination);
    this.sounding += 1;
    tone.onended = () => {
      this.sounding -= 1;
      this.rest();
    };
    tone.start(begin);
    tone.stop(end);
  }

  private async allow(): Promise<void> {
    try {
      this.context ??= new AudioContext();
      // Waits for a gesture that the browser takes for one.
      await this.context.resume();
      if (this.allowed || this.context.state !== "running") return;
      this.allowed = true;
      this.rest();
      this.onAllowed();
    } catch {
      // No sound device: asked again at the next gesture.
    }
  }

  /** A context that nobody hears would go on asking for the processor. */
  private rest(): void {
    if (!this.sounding) this.context?.suspend().catch(() => {});
  }
}

/**
 * A short access token in memory and the rotating refresh token behind it, in step across tabs: only one tab exchanges
 * at a time, always with the newest refresh token, and tells the others what it got.
 */

import { isUnauthorized } from "./api";
import { alone } from "./locks";
import { readItem, removeItem, writeItem } from "./storage";
import { Tabs } from "./tabs";

/** The first may bring what another tab got before the machine slept, and has run out, too. */
const RENEWALS = 2;

export interface TokenPair {
  access: string;
  refresh: string;
}

export interface TokensOptions {
  /** The storage key of the refresh token; also the name of the lock and the channel. */
  key: string;
  /** The successors of `refresh` (null: nothing is stored). Rejects when somebody has to sign in again. */
  exchange(refresh: string | null): Promise<TokenPair>;
}

export class Tokens {
  private token: string | null = null;
  /** Kept beside the stored one: a host page that empties localStorage must not sign its visitor out. */
  private last: string | null = null;
  private readonly tabs: Tabs<string | null>;

  constructor(private readonly options: TokensOptions) {
    this.tabs = new Tabs(`${options.key}:tokens`, (token) => {
      this.token = token;
      this.last = token === null ? null : (readItem(options.key) ?? this.last);
    });
  }

  get access(): string | null {
    return this.token;
  }

  get refresh(): string | null {
    return readItem(this.options.key) ?? this.last;
  }

  /** What `ask` answers; a refused token is renewed. */
  async spend<Answer>(ask: (token: string) => Promise<Answer>): Promise<Answer> {
    let token = this.token ?? (await this.renew(null));
    for (let renewals = 0; ; renewals += 1) {
      try {
        return await ask(token);
      } catch (error) {
        if (!isUnauthorized(error) || renewals === RENEWALS) throw error;
        token = await this.renew(token);
      }
    }
  }

  /** An access token other than `stale`, the one that was refused (null: any will do). */
  renew(stale: string | null): Promise<string> {
    return this.alone(() =>
      this.token !== null && this.token !== stale ? Promise.resolve(this.token) : this.exchange(),
    );
  }

  /** Exchanges whatever there is; for the first request of a page. */
  begin(): Promise<string> {
    return this.alone(() => this.exchange());
  }

  /** Tokens that came by signing in. */
  adopt(pair: TokenPair): void {
    this.last = pair.refresh;
    writeItem(this.options.key, pair.refresh);
    this.token = pair.access;
    this.tabs.tell(pair.access);
  }

  /** Signed out, in every tab. */
  clear(): void {
    this.last = this.token = null;
    removeItem(this.options.key);
    this.tabs.tell(null);
  }

  close(): void {
    this.tabs.close();
  }

  private async exchange(): Promise<string> {
    const pair = await this.options.exchange(this.refresh);
    this.adopt(pair);
    return pair.access;
  }

  private alone(work: () => Promise<string>): Promise<string> {
    return alone(`${this.options.key}:refresh`, work);
  }
}

/** The visitor's side of the API: who we are to the server, and its routes. */

import { isUnauthorized, request, type Speak } from "@shared/api";
import type { Language } from "@shared/i18n";
import { type TokenPair, Tokens } from "@shared/tokens";
import type {
  Bootstrap,
  BootstrapRequest,
  HistoryRequest,
  Messages,
  Nothing,
  Polled,
  PollRequest,
  SendRequest,
  Sent,
  Ticket,
  VisitorTokens,
} from "@shared/wire";

interface Routes {
  send: [SendRequest, Sent];
  poll: [PollRequest, Polled];
  history: [HistoryRequest, Messages];
  socket_ticket: [Nothing, Ticket];
}

export class Client {
  private readonly tokens: Tokens;
  private begun = false;
  private beginning: Promise<unknown> | null = null;

  /** `onBootstrap` hears every bootstrap: the first one, and later ones after the session was lost. */
  constructor(
    private readonly api: string,
    private readonly inbox: string,
    private readonly language: Language,
    private readonly onBootstrap: (answer: Bootstrap) => void,
    private readonly speak: Speak,
  ) {
    this.tokens = new Tokens({
      key: `messenger:${inbox}`,
      exchange: (refresh) => this.exchange(refresh),
    });
  }

  /** Resolves once this page has been bootstrapped; rejects if that failed, and may be called again. */
  async begin(): Promise<void> {
    if (this.begun) return;
    this.beginning ??= this.tokens.begin().finally(() => {
      this.beginning = null;
    });
    await this.beginning;
  }

  /** Asks again for everything, as the visitor we are: our picture of the conversation was wrong. */
  async beginAgain(): Promise<void> {
    this.begun = false;
    await this.begin();
  }

  /** One route. */
  call<R extends keyof Routes>(route: R, body: Routes[R][0]): Promise<Routes[R][1]> {
    return this.ask(route, body);
  }

  /** The same by its path; without a body it is fetched. */
  async ask<Answer>(path: string, body?: unknown): Promise<Answer> {
    await this.begin();
    return this.tokens.spend((token) => this.post<Answer>(path, body, token));
  }

  private async exchange(refresh: string | null): Promise<TokenPair> {
    if (!this.begun || refresh === null) return this.bootstrap(refresh);
    try {
      return pairOf(await this.post<VisitorTokens>("refresh", { refresh_token: refresh }));
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      return this.bootstrap(null);
    }
  }

  private async bootstrap(refresh: string | null): Promise<TokenPair> {
    const body: BootstrapRequest = {
      inbox: this.inbox,
      refresh_token: refresh,
      language: this.language,
    };
    const answer = await this.post<Bootstrap>("bootstrap", body);
    this.begun = true;
    this.onBootstrap(answer);
    return pairOf(answer);
  }

  private post<Answer>(route: string, body: unknown, token?: string): Promise<Answer> {
    const speak = /^(send|mark_read)$/.test(route) ? this.speak : undefined;
    return request<Answer>(`${this.api}/widget/${route}`, { body, token, speak });
  }
}

function pairOf(tokens: VisitorTokens): TokenPair {
  return { access: tokens.visitor_token, refresh: tokens.refresh_token };
}

/** Asks what the conversation was worth: once, with a comment, and a day to change it. */

import { ApiError } from "@shared/api";
import type { RateRequest, VisitorConversation, VisitorConversationAnswer } from "@shared/wire";
import { Component, createRef } from "preact";
import type { Widget } from "../widget";
import { type Texts, texts } from "./texts";

type Scale = RateRequest["scale"];

const SCORES: Record<Scale, number[]> = {
  stars: [1, 2, 3, 4, 5],
  nps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
};
const STAR = "m12 2.8 2.9 5.9 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.6l6.5-.9z";

interface Props {
  widget: Widget;
  conversation: VisitorConversation;
}

interface State {
  score: number | null;
  comment: string;
  editing: boolean;
  sending: boolean;
  fault: string;
}

export class RatingCard extends Component<Props, State> {
  override state: State = { score: null, comment: "", editing: false, sending: false, fault: "" };
  private readonly ref = createRef<HTMLFormElement>();
  private readonly thanks = createRef<HTMLDivElement>();

  /** What the choice has brought is to be seen. */
  override componentDidUpdate(_props: Props, before: State): void {
    const { score, editing } = this.state;
    const grown = (before.score === null && score !== null) || editing !== before.editing;
    if (grown) this.ref.current?.scrollIntoView({ block: "nearest" });
    // The button that was pressed has gone with the rest of what it stood in.
    if (editing === before.editing && this.state.sending === before.sending) return;
    if (document.activeElement !== document.body) return;
    const next = this.ref.current?.querySelector<HTMLElement>("input:checked");
    (next ?? this.thanks.current)?.focus({ preventScroll: true });
  }

  render({ widget, conversation }: Props, { score, comment, editing, sending, fault }: State) {
    const t = texts(widget.language);
    const { rating, operator } = conversation;
    const scale = rating?.scale ?? widget.inbox.value?.rating;
    if (!scale || (!rating && !operator)) return null;
    if (rating && !editing) return this.given(t, rating.scale, rating.score);
    return (
      <form ref={this.ref} class="rating" data-testid="rating" onSubmit={this.submit}>
        <fieldset>
          <legend>{t(scale === "stars" ? "rateStars" : "rateNps")}</legend>
          <div class={`scores scores-${scale}`}>
            {SCORES[scale].map((each) => (
              <label key={each} class={this.isLit(scale, each) ? "score score-on" : "score"}>
                <input
                  type="radio"
                  name="score"
                  class="hidden"
                  data-testid={`score-${each}`}
                  aria-label={t("score", { count: each, most: scale === "stars" ? 5 : 10 })}
                  checked={each === score}
                  onChange={() => this.setState({ score: each, fault: "" })}
                />
                {scale === "stars" ? <Star /> : each}
              </label>
            ))}
          </div>
          {scale === "nps" && (
            <p class="nps-ends" aria-hidden="true">
              <span>{t("npsLeast")}</span>
              <span>{t("npsMost")}</span>
            </p>
          )}
        </fieldset>
        {score !== null && (
          <>
            <textarea
              class="rating-comment"
              rows={2}
              dir="auto"
              maxLength={1000}
              aria-label={t("comment")}
              placeholder={t("comment")}
              data-testid="rating-comment"
              value={comment}
              onInput={({ currentTarget }) => this.setState({ comment: currentTarget.value })}
            />
            <button type="submit" class="wide" data-testid="rating-send" aria-disabled={sending}>
              {t("rate")}
            </button>
          </>
        )}
        <p class="request-fault" role="alert" data-testid="rating-fault">
          {fault}
        </p>
      </form>
    );
  }

  private given(t: Texts, scale: Scale, score: number) {
    const most = scale === "stars" ? 5 : 10;
    return (
      <div ref={this.thanks} class="rating" tabIndex={-1} data-testid="rated">
        <p role="status">
          {t("thanks")}: <b>{t("score", { count: score, most })}</b>
        </p>
        {this.changeable && (
          <button type="button" class="quiet" data-testid="rating-change" onClick={this.edit}>
            {t("change")}
          </button>
        )}
        <p class="request-fault" role="alert" data-testid="rating-fault">
          {this.state.fault}
        </p>
      </div>
    );
  }

  /** By the visitor's clock, which may be wrong: the server decides. */
  private get changeable(): boolean {
    const until = this.props.conversation.rating?.changeable_until;
    return until !== undefined && Date.now() < Date.parse(until);
  }

  private isLit(scale: Scale, each: number): boolean {
    const { score } = this.state;
    return score !== null && (scale === "stars" ? each <= score : each === score);
  }

  private readonly edit = (): void => {
    const score = this.props.conversation.rating?.score ?? null;
    this.setState({ editing: true, score, fault: "" });
  };

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { widget, conversation } = this.props;
    const { score, comment, sending } = this.state;
    const scale = conversation.rating?.scale ?? widget.inbox.value?.rating;
    if (score === null || !scale || sending) return;
    this.setState({ sending: true, fault: "" });
    const request: RateRequest = {
      conversation_id: conversation.id,
      scale,
      score,
      comment: comment.trim() || null,
    };
    try {
      const answer = await widget.ask<VisitorConversationAnswer>("rate", request);
      widget.take(answer.conversation, []);
      this.setState({ editing: false, comment: "" });
    } catch (error) {
      const t = texts(widget.language);
      const code = error instanceof ApiError ? error.code : null;
      this.setState({
        editing: code !== "rating_over" && this.state.editing,
        fault: wordsOf(t, code),
      });
    } finally {
      this.setState({ sending: false });
    }
  };
}

function wordsOf(t: Texts, code: ApiError["code"] | null): string {
  if (code === "rating_over") return t("ratingOver");
  if (code === "still_open") return t("ratingOpen");
  return t(code === "too_many_requests" ? "tooMany" : "failed");
}

function Star() {
  return (
    <svg viewBox="0 0 24 24" width="30" height="30" aria-hidden="true">
      <path d={STAR} stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" />
    </svg>
  );
}

/** What the server asks of who may be a machine, in the place of what else would be said there. */

import type { ApiError } from "@shared/api";
import type { Challenge } from "@shared/wire";
import { Component, createRef } from "preact";
import { addStyles } from "../styles";
import type { Widget } from "../widget";
import css from "./captcha.css?inline";
import { texts } from "./texts";
import { prove } from "./work";

/** Before it runs out another one is asked for. */
const MARGIN_S = 15;

interface Props {
  widget: Widget;
  asked: ApiError;
}

export class Captcha extends Component<Props> {
  private readonly field = createRef<HTMLInputElement>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidMount(): void {
    this.begin();
  }

  override componentDidUpdate({ asked }: Props): void {
    if (asked !== this.props.asked) this.begin();
  }

  override componentWillUnmount(): void {
    clearTimeout(this.timer);
  }

  render({ widget, asked }: Props) {
    const t = texts(widget.language);
    const { question } = this.challenge;
    if (!question) {
      return (
        <p class="notice" role="status" data-testid="captcha" data-kind="altcha">
          {t("checking")}
        </p>
      );
    }
    return (
      <form class="captcha" data-testid="captcha" data-kind="arithmetic" onSubmit={this.submit}>
        <p>{t("lead")}</p>
        {asked.field && (
          <p class="captcha-wrong" role="alert" id="captcha-wrong" data-testid="captcha-wrong">
            {t("wrong")}
          </p>
        )}
        <label>
          <span>{t("sum", { question })}</span>
          <input
            ref={this.field}
            inputMode="numeric"
            autocomplete="off"
            maxLength={4}
            required
            aria-invalid={!!asked.field}
            aria-describedby={asked.field && "captcha-wrong"}
            data-testid="captcha-answer"
          />
        </label>
        <button type="submit" data-testid="captcha-send">
          {t("send")}
        </button>
      </form>
    );
  }

  private get challenge(): Challenge {
    return this.props.asked.challenge as Challenge;
  }

  private begin(): void {
    const { asked, widget } = this.props;
    const { altcha, expires_in } = this.challenge;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => widget.askAgain(), (expires_in - MARGIN_S) * 1000);
    if (this.field.current) {
      this.field.current.value = "";
      this.field.current.focus({ preventScroll: true });
    }
    if (!altcha) return;
    prove(altcha, () => this.props.asked === asked).then((number) => {
      if (number !== null) widget.solve(String(number));
    });
  }

  private readonly submit = (event: Event): void => {
    event.preventDefault();
    const answer = this.field.current?.value.trim();
    if (answer) this.props.widget.solve(answer);
  };
}

addStyles(css);

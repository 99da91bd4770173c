/** The request: who, how to reach them, what about. */

import { Component, createRef } from "preact";
import { BODY_LIMIT } from "../limits";
import type { Widget } from "../widget";
import { type Fault, type Faults, type Fields, fields, fillIn, leave, missing } from "./request";
import { type Texts, texts } from "./texts";

interface Props {
  widget: Widget;
  onBack: (() => void) | undefined;
  onLeft(): void;
}

interface State {
  faults: Faults;
  sending: boolean;
}

export class RequestForm extends Component<Props, State> {
  override state: State = { faults: {}, sending: false };
  private readonly ref = createRef<HTMLFormElement>();

  override componentWillMount(): void {
    fillIn(this.props.widget);
  }

  /** The composer that had the focus is gone. */
  override componentDidMount(): void {
    const shadow = this.ref.current?.getRootNode() as ShadowRoot;
    if (!shadow.activeElement) this.field("name")?.focus({ preventScroll: true });
  }

  render({ widget, onBack }: Props, { faults, sending }: State) {
    const t = texts(widget.language);
    const body = widget.draft.value;
    return (
      <form
        ref={this.ref}
        class="request"
        data-testid="request-form"
        noValidate
        onSubmit={this.submit}
      >
        <p class="request-lead" dir="auto" data-testid="offline-text">
          {widget.offline.value}
        </p>
        <Field t={t} name="name" faults={faults} mode="text" autocomplete="name" />
        <Field t={t} name="email" faults={faults} mode="email" autocomplete="email" />
        <Field t={t} name="phone" faults={faults} mode="tel" autocomplete="tel" />
        <p class={faults.contact ? "request-fault" : "request-hint"} id="request-either">
          {faults.contact ?? t("either")}
        </p>
        <label class="request-field">
          {t("message")}
          <textarea
            name="body"
            rows={2}
            dir="auto"
            maxLength={BODY_LIMIT}
            data-testid="request-body"
            aria-required="true"
            aria-invalid={Boolean(faults.body)}
            aria-describedby="request-body-fault"
            value={body}
            onInput={(event) => widget.write(event.currentTarget.value)}
          />
        </label>
        <FaultOf name="body" faults={faults} />
        <p class="request-fault" role="alert" data-testid="request-fault">
          {faults.form}
        </p>
        <button type="submit" class="wide" data-testid="request-send" aria-disabled={sending}>
          {t(sending ? "sending" : "submit")}
        </button>
        {onBack && (
          <button type="button" class="quiet" data-testid="request-back" onClick={onBack}>
            {t("back")}
          </button>
        )}
      </form>
    );
  }

  private field(name: string): HTMLElement | null | undefined {
    return this.ref.current?.querySelector<HTMLElement>(`[name="${name}"]`);
  }

  private readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.state.sending) return;
    const { widget, onLeft } = this.props;
    const t = texts(widget.language);
    const body = widget.draft.value.trim();
    const empty = missing(t, body);
    if (Object.keys(empty).length) {
      this.refuse(empty);
      return;
    }
    this.setState({ sending: true, faults: {} });
    const dialog = this.ref.current?.closest(".dialog");
    const faults = await leave(widget, t, body);
    this.setState({ sending: false });
    if (Object.keys(faults).length) this.refuse(faults);
    else {
      onLeft();
      setTimeout(() => dialog?.querySelector("textarea")?.focus({ preventScroll: true }));
    }
  };

  /** The focus goes to the first wrong field. */
  private refuse(faults: Faults): void {
    this.setState({ faults });
    const order = ["name", "email", "contact", "phone", "body"] as const;
    const first = order.find((name) => faults[name]);
    if (first) this.field(first === "contact" ? "email" : first)?.focus();
  }
}

interface FieldProps {
  t: Texts;
  name: keyof Fields;
  faults: Faults;
  mode: "text" | "email" | "tel";
  autocomplete: "name" | "email" | "tel";
}

function Field({ t, name, faults, mode, autocomplete }: FieldProps) {
  const contact = name !== "name";
  return (
    <>
      <label class="request-field">
        {t(name)}
        <input
          name={name}
          type="text"
          inputMode={mode}
          autocomplete={autocomplete}
          dir="auto"
          data-testid={`request-${name}`}
          aria-required={!contact}
          aria-invalid={Boolean(faults[name] || (contact && faults.contact))}
          aria-describedby={
            contact ? `request-${name}-fault request-either` : `request-${name}-fault`
          }
          value={fields.value[name]}
          onInput={({ currentTarget }) => {
            fields.value = { ...fields.value, [name]: currentTarget.value };
          }}
        />
      </label>
      <FaultOf name={name} faults={faults} />
    </>
  );
}

function FaultOf({ name, faults }: { name: Fault; faults: Faults }) {
  return (
    <p class="request-fault" id={`request-${name}-fault`} data-testid={`request-${name}-fault`}>
      {faults[name]}
    </p>
  );
}

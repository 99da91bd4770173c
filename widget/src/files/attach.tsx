/** The button that chooses files; the whole dialog takes what is dropped on it or pasted. */

import { acceptOf } from "@shared/files/kinds";
import { fileTexts } from "@shared/files/words";
import { Component, createRef } from "preact";
import type { Widget } from "../widget";
import { deskOf } from "./desk";
import { ClipIcon } from "./icons";

export class Attach extends Component<{ widget: Widget }, { over: boolean }> {
  override state = { over: false };
  private readonly ref = createRef<HTMLInputElement>();
  private dialog: HTMLElement | null = null;

  override componentDidMount(): void {
    this.dialog = this.ref.current?.closest<HTMLElement>(".dialog") ?? null;
    this.dialog?.addEventListener("dragover", this.onDragOver);
    this.dialog?.addEventListener("dragleave", this.onDragLeave);
    this.dialog?.addEventListener("drop", this.onDrop);
    this.dialog?.addEventListener("paste", this.onPaste);
    deskOf(this.props.widget);
    this.takeEarly();
  }

  override componentDidUpdate(): void {
    this.takeEarly();
  }

  override componentWillUnmount(): void {
    this.dialog?.removeEventListener("dragover", this.onDragOver);
    this.dialog?.removeEventListener("dragleave", this.onDragLeave);
    this.dialog?.removeEventListener("drop", this.onDrop);
    this.dialog?.removeEventListener("paste", this.onPaste);
  }

  render({ widget }: { widget: Widget }, { over }: { over: boolean }) {
    const t = fileTexts(widget.language);
    const rules = widget.inbox.value?.attachments;
    return (
      <>
        <input
          ref={this.ref}
          type="file"
          hidden
          multiple
          accept={rules && acceptOf(rules)}
          data-testid="file-input"
          onChange={({ currentTarget }) => {
            this.add(currentTarget.files);
            currentTarget.value = "";
          }}
        />
        {rules?.enabled && (
          <button
            type="button"
            class="attach"
            aria-label={t("attach")}
            data-testid="attach"
            onClick={() => this.ref.current?.click()}
          >
            <ClipIcon />
          </button>
        )}
        {over && (
          <div class="drop" data-testid="drop">
            {t("drop")}
          </div>
        )}
      </>
    );
  }

  /** Before the inbox is known whatever comes is kept. */
  private get takes(): boolean {
    return this.props.widget.inbox.value?.attachments.enabled ?? true;
  }

  private add(files: FileList | null | undefined): void {
    if (!files?.length || !this.takes) return;
    this.props.widget.early.push(...files);
    this.takeEarly();
    this.dialog?.querySelector("textarea")?.focus({ preventScroll: true });
  }

  private takeEarly(): void {
    const { widget } = this.props;
    if (!widget.early.length || !widget.inbox.value) return;
    const files = widget.early.splice(0);
    if (this.takes) void deskOf(widget).uploader.add(files);
  }

  private readonly onDragOver = (event: DragEvent): void => {
    if (!this.takes || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    if (!this.state.over) this.setState({ over: true });
  };

  private readonly onDragLeave = (event: DragEvent): void => {
    if (!this.dialog?.contains(event.relatedTarget as Node | null)) this.setState({ over: false });
  };

  private readonly onDrop = (event: DragEvent): void => {
    this.setState({ over: false });
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.add(event.dataTransfer.files);
  };

  private readonly onPaste = (event: ClipboardEvent): void => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    this.add(event.clipboardData.files);
  };
}

/** Emoji to choose from, and the marks as buttons. */

import { type Emoji, findEmoji, moveInGrid, rememberEmoji } from "@shared/emoji";
import type { Language } from "@shared/i18n";
import { insert, insertLink, toggleList, toggleMark } from "@shared/marking";
import { markingTexts } from "@shared/marking.texts";
import { Component, createRef } from "preact";
import { addStyles } from "../styles";
import { Icon } from "../view/icons";
import css from "./tools.css?inline";

addStyles(css);

interface Props {
  language: Language;
  field: HTMLTextAreaElement | null;
  onClose(): void;
}

const MARKS = [
  ["bold", (field: HTMLTextAreaElement) => toggleMark(field, "**"), <b key="b">B</b>],
  ["slanted", (field: HTMLTextAreaElement) => toggleMark(field, "_"), <i key="i">I</i>],
  ["list", toggleList, <path key="l" d="M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1" />],
  [
    "link",
    insertLink,
    <path
      key="a"
      d="M10 14a4.5 4.5 0 0 0 6.4 0l3-3A4.5 4.5 0 0 0 13 4.6L12 5.6M14 10a4.5 4.5 0 0 0-6.4 0l-3 3A4.5 4.5 0 0 0 11 19.4l1-1"
    />,
  ],
] as const;

export class Tools extends Component<Props, { found: Emoji[]; at: number }> {
  override state = { found: findEmoji(""), at: 0 };
  private readonly grid = createRef<HTMLDivElement>();

  override componentDidMount(): void {
    this.button(0)?.focus({ preventScroll: true });
  }

  render({ language, field }: Props, { found, at }: { found: Emoji[]; at: number }) {
    const t = markingTexts(language);
    return (
      <>
        <div class="tools-head">
          <input
            class="tools-search"
            type="search"
            placeholder={t("search")}
            aria-label={t("search")}
            data-testid="emoji-search"
            onInput={({ currentTarget }) =>
              this.setState({ found: findEmoji(currentTarget.value), at: 0 })
            }
            onKeyDown={this.onSearchKey}
          />
          <div role="toolbar" aria-label={t("marks")} class="tools-marks">
            {MARKS.map(([name, act, drawing]) => (
              <button
                key={name}
                type="button"
                class="icon-button"
                aria-label={t(name)}
                title={t(name)}
                data-testid={`mark-${name}`}
                onClick={() => field && act(field)}
              >
                {drawing.type === "path" ? <Icon size={18}>{drawing}</Icon> : drawing}
              </button>
            ))}
          </div>
        </div>
        <div
          ref={this.grid}
          class="tools-grid"
          role="toolbar"
          aria-label={t("emoji")}
          onKeyDown={this.onGridKey}
        >
          {found.map(({ char, names }, index) => (
            <button
              key={char}
              type="button"
              class="tools-emoji"
              tabIndex={index === at ? 0 : -1}
              aria-label={names[language === "ru" ? 0 : 1]}
              title={names[language === "ru" ? 0 : 1]}
              onClick={(event) => this.choose(char, event.detail === 0)}
            >
              {char}
            </button>
          ))}
          {!found.length && <p class="tools-none">{t("none")}</p>}
        </div>
      </>
    );
  }

  private button(index: number): HTMLElement | undefined {
    return this.grid.current?.querySelectorAll("button")[index];
  }

  /** By keyboard the choice is done; a pointer may choose on. */
  private choose(char: string, byKey: boolean): void {
    const { field, onClose } = this.props;
    if (field) insert(field, char);
    rememberEmoji(char);
    if (byKey) onClose();
  }

  /** From what is typed straight to what was found. */
  private readonly onSearchKey = (event: KeyboardEvent): void => {
    const [first] = this.state.found;
    if (event.key === "Enter") {
      event.preventDefault();
      if (first) this.choose(first.char, true);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.button(0)?.focus();
    }
  };

  private readonly onGridKey = (event: KeyboardEvent): void => {
    const grid = this.grid.current;
    if (!grid) return;
    const { gridTemplateColumns, direction } = getComputedStyle(grid);
    const to = moveInGrid(event.key, this.state.at, {
      columns: gridTemplateColumns.split(" ").length,
      count: this.state.found.length,
      rtl: direction === "rtl",
    });
    if (to === null) return;
    event.preventDefault();
    this.setState({ at: to });
    this.button(to)?.focus();
  };
}

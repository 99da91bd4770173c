/** Marks and emoji for the reply: buttons, and keys that work in any layout. */

import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import { insert, insertLink, markOf, toggleList, toggleMark } from "@shared/marking";
import { markingTexts } from "@shared/marking.texts";
import { Bold, Code, Italic, Link, List, Smile } from "lucide-react";
import { useEffect, useState } from "react";
import { MOD } from "../commands/keys";
import { useLanguage } from "../i18n/language";
import { notify } from "../parts/notify";
import css from "./Marks.module.css";

type Grid = typeof import("./EmojiGrid").EmojiGrid;

const MARKS = [
  ["bold", Bold, "**", `${MOD}+B`],
  ["slanted", Italic, "_", `${MOD}+I`],
  ["code", Code, "`", null],
  ["list", List, toggleList, null],
  ["link", Link, insertLink, null],
] as const;

interface Props {
  area: React.RefObject<HTMLTextAreaElement | null>;
}

export function Marks({ area }: Props) {
  const t = markingTexts(useLanguage((state) => state.language));
  useEffect(() => {
    const field = area.current;
    if (!field) return;
    const pressed = (event: KeyboardEvent) => {
      const mark = markOf(event);
      if (!mark) return;
      event.preventDefault();
      toggleMark(field, mark);
    };
    field.addEventListener("keydown", pressed);
    return () => field.removeEventListener("keydown", pressed);
  }, [area]);
  const act = (mark: string | ((field: HTMLTextAreaElement) => void)) => {
    const field = area.current;
    if (!field) return;
    if (typeof mark === "string") toggleMark(field, mark);
    else mark(field);
  };
  return (
    <div className={css.marks} role="toolbar" aria-label={t("marks")}>
      <EmojiButton area={area} />
      {MARKS.map(([name, Icon, mark, keys]) => (
        <Tooltip key={name} label={keys ? `${t(name)} (${keys})` : t(name)} openDelay={400}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            className={css.mark}
            onClick={() => act(mark)}
            aria-label={t(name)}
            data-testid={`mark-${name}`}
          >
            <Icon size={18} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  );
}

function EmojiButton({ area }: Props) {
  const language = useLanguage((state) => state.language);
  const t = markingTexts(language);
  const [Grid, setGrid] = useState<Grid | null>(null);
  const [open, setOpen] = useState(false);
  const load = () =>
    import("./EmojiGrid").then(
      ({ EmojiGrid }) => setGrid(() => EmojiGrid),
      () => {
        setOpen(false);
        notify(t("failed"));
      },
    );
  const toggle = () => {
    if (!Grid) void load();
    setOpen(!open);
  };
  const close = () => {
    setOpen(false);
    area.current?.focus();
  };
  const choose = (char: string, done: boolean) => {
    if (area.current) insert(area.current, char);
    if (done) close();
  };
  return (
    <Popover
      opened={open && Grid !== null}
      onChange={setOpen}
      position="top-start"
      trapFocus
      shadow="md"
      radius="lg"
    >
      <Popover.Target>
        <Tooltip label={t("emoji")} openDelay={400}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            className={css.emoji}
            onClick={toggle}
            aria-label={t("emoji")}
            aria-expanded={open}
            data-testid="emoji"
          >
            <Smile size={19} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={0} className={css.tools} data-testid="tools">
        {Grid && <Grid language={language} onChoose={choose} />}
      </Popover.Dropdown>
    </Popover>
  );
}

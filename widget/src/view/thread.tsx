/** The scrolling part: it stays at the newest line, unless the visitor has gone up to read. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ArrowDownIcon } from "./icons";
import { Lines } from "./line";
import type { Ui } from "./ui";

const NEAR_PX = 80;

export function Thread({ widget, t }: Ui) {
  const scroller = useRef<HTMLDivElement>(null);
  /** Where the visitor is: at the end, or so far from it that older lines above must not move the text. */
  const atEnd = useRef(true);
  const fromEnd = useRef(0);
  const [away, setAway] = useState(false);
  const { messages, earlier, base, current } = widget.conversation;
  const newest = messages.value[messages.value.length - 1];
  const oldest = messages.value[0]?.seq ?? 0;
  const pending = widget.pending.length;
  const readTo = useRef(0);
  if (!away) readTo.current = newest?.seq ?? 0;
  const below = messages.value.filter(
    (message) => message.direction === "out" && message.seq > readTo.current,
  ).length;

  const toEnd = (smooth: boolean) => {
    const element = scroller.current;
    atEnd.current = true;
    element?.scrollTo({ top: element.scrollHeight, behavior: smooth ? "smooth" : "auto" });
  };

  // Older lines came in above: what was on the screen stays where it was.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && !atEnd.current) element.scrollTop = element.scrollHeight - fromEnd.current;
  }, [oldest]);

  useLayoutEffect(() => {
    if (atEnd.current) toEnd(false);
  }, [newest, pending, current.value?.id]);

  // Own words are always followed.
  const sent = useRef(pending);
  useLayoutEffect(() => {
    if (pending > sent.current) toEnd(false);
    sent.current = pending;
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) fromEnd.current = element.scrollHeight - element.scrollTop;
  });

  useEffect(() => {
    const element = scroller.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    fromEnd.current = element.scrollHeight - element.scrollTop;
    atEnd.current = fromEnd.current - element.clientHeight < NEAR_PX;
    setAway(!atEnd.current);
    if (element.scrollTop < NEAR_PX && !atEnd.current) widget.loadOlder();
  };

  const loading = widget.resuming.value && messages.value.length === 0 && pending === 0;
  return (
    <div class="middle">
      <div
        ref={scroller}
        class="thread"
        role="log"
        aria-live="off"
        aria-label={t("thread")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        {loading ? (
          <Skeleton />
        ) : (
          <>
            {base.value > 0 && earlier.value.length === 0 ? (
              <button
                type="button"
                class="older"
                data-testid="older"
                aria-busy={widget.loadingOlder.value}
                onClick={() => widget.loadOlder()}
              >
                {t("older")}
              </button>
            ) : (
              <Greeting widget={widget} t={t} />
            )}
            <Lines widget={widget} t={t} />
          </>
        )}
      </div>
      {away && (
        <button
          type="button"
          class={below ? "jump jump-new" : "jump"}
          data-testid="jump"
          aria-label={t("toBottom")}
          onClick={() => toEnd(true)}
        >
          {below > 0 && <span>{t("newBelow", { count: below })}</span>}
          <ArrowDownIcon />
        </button>
      )}
    </div>
  );
}

function Greeting({ t }: Ui) {
  return (
    <div class="greeting" data-testid="greeting">
      <p class="hello">{t("hello")}</p>
      <p>{t("helloBody")}</p>
    </div>
  );
}

function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}

/** The polite live region: what went wrong, and new messages of operators, each said once. */

import { soon } from "../part";
import type { Ui } from "./ui";

export function Announcer({ widget }: Pick<Ui, "widget">) {
  const news = widget.news.value;
  const notice = soon.module.value?.noticeOf(widget, widget.pauseSeconds);
  const said =
    news && (soon.show(({ spokenText }) => spokenText(widget.language, news)) ?? news.body);
  return (
    <div class="hidden" aria-live="polite" data-testid="live">
      {notice && <p key={notice.kind}>{notice.text}</p>}
      {news && <p key={news.id}>{`${news.author.name}: ${said}`}</p>}
    </div>
  );
}

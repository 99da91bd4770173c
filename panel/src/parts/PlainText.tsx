/** A person's words as text and links; never as markup. */

import { autolink } from "@shared/autolink";
import css from "./PlainText.module.css";

interface Props {
  body: string;
}

export function PlainText({ body }: Props) {
  return autolink(body).map(({ text, href }, index) =>
    href ? (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: a body never changes
        key={index}
        className={css.link}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow ugc"
      >
        {text}
      </a>
    ) : (
      text
    ),
  );
}

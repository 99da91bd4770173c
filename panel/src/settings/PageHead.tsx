/** What a page of the settings begins with: the way back, its heading, and what may be added. */

import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import css from "./PageHead.module.css";
import { useArrival } from "./useArrival";

interface Props {
  title: string;
  lead?: string;
  back?: { href: string; text: string };
  /** Beside the heading. */
  action?: ReactNode;
}

export function PageHead({ title, lead, back, action }: Props) {
  useArrival();
  return (
    <header className={css.head}>
      {back && (
        <Link href={back.href} className={css.back} data-testid="settings-back">
          <ArrowLeft size={17} aria-hidden="true" /> {back.text}
        </Link>
      )}
      <div className={css.row}>
        <h1 className={css.title} tabIndex={-1}>
          {title}
        </h1>
        {action}
      </div>
      {lead && <p className={css.lead}>{lead}</p>}
    </header>
  );
}

/** The dialog in which a conversation is handed on, while it is open; its code comes with the first one. */

import { lazy, Suspense } from "react";
import { endTransfer, useTransferring } from "../team/transferring";

const TransferDialog = lazy(() => import("../team/TransferDialog"));

export function Transferring() {
  const id = useTransferring((state) => state.id);
  if (!id) return null;
  return (
    <Suspense>
      <TransferDialog key={id} id={id} onClose={endTransfer} />
    </Suspense>
  );
}

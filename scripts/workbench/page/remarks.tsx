/** What somebody who tries the product here needs to know. */
import { useBench } from './bench.ts';

export function Remarks() {
  const { overview } = useBench();
  return (
    <>
      {overview.remarks.map((remark) => (
        <p key={remark} class="soft remark">
          {remark}
        </p>
      ))}
    </>
  );
}

/** In front of a dialog nothing else can be reached, so that it has them, too. */
export function RemarksHere() {
  return (
    <details class="remarks">
      <summary>About this workbench</summary>
      <Remarks />
    </details>
  );
}

/** The script's triggers. */
import { useBench, waitWords } from '../bench.ts';
import { momentWords } from '../moments.ts';
import { Button } from '../parts.tsx';

export function Triggers() {
  const { overview, act } = useBench();
  const { triggers, timeZone } = overview;
  if (triggers.length === 0) {
    return <p class="soft pad">No triggers. “Set up…” in the Purser menu makes them.</p>;
  }
  return (
    <table class="list">
      <caption class="hidden">Triggers of the script</caption>
      <thead>
        <tr>
          <th scope="col">Runs</th>
          <th scope="col">When</th>
          <th scope="col">Next</th>
          <th scope="col">Of whom</th>
          <th scope="col">
            <span class="hidden">Fire</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {triggers.map((trigger) => (
          <tr key={trigger.id}>
            <th scope="row">
              <code>{trigger.handler}</code>
            </th>
            <td>{trigger.schedule}</td>
            <td>{trigger.next === null ? 'has had its one run' : momentWords(trigger.next, timeZone)}</td>
            <td>{trigger.owner}</td>
            <td>
              <Button
                label={`Fire now: ${trigger.handler}`}
                wait={waitWords(overview)}
                onPress={() => void act({ do: 'fire', trigger: trigger.id })}
              >
                Fire now
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** ScriptApp and Session: developers.google.com/apps-script/reference/script/script-app and …/base/session */
import { type Execution, enumeration, strict } from './execution.ts';
import {
  MAX_TRIGGERS_PER_USER,
  nextFiringMs,
  type Schedule,
  type TriggerRecord,
  triggerBuilder,
} from './triggers.ts';

export const AuthMode = enumeration(['NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL']);
const AuthorizationStatus = enumeration(['REQUIRED', 'NOT_REQUIRED']);
const EventType = enumeration([
  'CLOCK',
  'ON_OPEN',
  'ON_EDIT',
  'ON_FORM_SUBMIT',
  'ON_CHANGE',
  'ON_EVENT_UPDATED',
]);
const TriggerSource = enumeration(['SPREADSHEETS', 'CLOCK', 'FORMS', 'DOCUMENTS', 'CALENDAR']);

/** "The maximum is 3600 seconds (1 hour)": …/reference/script/state-token-builder#withtimeoutseconds */
const MAX_STATE_SECONDS = 3_600;
const DEFAULT_STATE_SECONDS = 60;

/** What a state token stands for; the callback URL gives it back. Plain data. */
export interface StateToken {
  readonly method: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly owner: string;
  readonly expiresMs: number;
}

export interface ScriptAppOptions {
  readonly scriptId: string;
  readonly accessToken: (email: string) => string;
  readonly identityToken: (email: string) => string | null;
  /** Where the web app answers; null when none is deployed. */
  readonly webAppUrl: string | null;
  /** What the manifest asks for, granted or not. */
  readonly askedScopes: readonly string[];
  /** Installed triggers of all accounts; changed in place. */
  readonly triggers: TriggerRecord[];
  readonly stateTokens: Map<string, StateToken>;
  readonly nextId: () => string;
}

const SCOPE = 'script.scriptapp';

export function createScriptApp(execution: Execution, options: ScriptAppOptions): object {
  const { triggers } = options;
  const records = new WeakMap<object, string>();
  const own = () => triggers.filter(({ owner }) => owner === execution.email);
  const trigger = (record: TriggerRecord): object => {
    const object = strict(execution, 'Trigger', {
      getEventType: () => EventType.CLOCK,
      getHandlerFunction: () => record.handler,
      getTriggerSource: () => TriggerSource.CLOCK,
      getTriggerSourceId: () => null,
      getUniqueId: () => record.id,
    });
    records.set(object, record.id);
    return object;
  };
  const allowed = (method: string) => {
    execution.needAuthorization(`ScriptApp.${method}`);
    execution.needScope(`ScriptApp.${method}`, SCOPE);
  };
  const install = (handler: string, schedule: Schedule, timeZone: string): object => {
    allowed('ClockTriggerBuilder.create');
    if (own().length >= MAX_TRIGGERS_PER_USER) {
      throw execution.exception(
        'This script has too many triggers. Triggers must be deleted from the script before more can be added.',
      );
    }
    return execution.calls.make('trigger', `create ${handler}`, () => {
      const nextMs = nextFiringMs(schedule, timeZone, execution.clock.now());
      const record = { id: options.nextId(), handler, owner: execution.email, schedule, timeZone, nextMs };
      triggers.push(record);
      return trigger(record);
    });
  };
  return strict(execution, 'ScriptApp', {
    AuthMode,
    AuthorizationStatus,
    EventType,
    TriggerSource,
    deleteTrigger: (given: unknown) => {
      allowed('deleteTrigger');
      const id = typeof given === 'object' && given !== null ? records.get(given) : undefined;
      if (id === undefined) throw execution.signature('ScriptApp.deleteTrigger', [given]);
      execution.calls.make('trigger', 'delete', () => {
        const at = triggers.findIndex((record) => record.id === id);
        if (at < 0)
          throw execution.exception(
            'Unexpected error while getting the method or property deleteTrigger on object ScriptApp.',
          );
        triggers.splice(at, 1);
      });
    },
    getAuthorizationInfo: (mode: unknown, scopes: unknown = options.askedScopes) =>
      authorizationInfo(execution, options.scriptId, mode, scopes),
    // "If the openid scope isn't included … null": …/script-app#getidentitytoken
    getIdentityToken: () => {
      execution.needAuthorization('ScriptApp.getIdentityToken');
      return execution.hasScope('openid') ? options.identityToken(execution.email) : null;
    },
    getOAuthToken: () => {
      execution.needAuthorization('ScriptApp.getOAuthToken');
      return options.accessToken(execution.email);
    },
    getProjectTriggers: () => {
      allowed('getProjectTriggers');
      return execution.calls.make('trigger', 'list', () => execution.realm.array(own().map(trigger)));
    },
    getScriptId: () => options.scriptId,
    // …/reference/script/service
    getService: () =>
      strict(execution, 'Service', {
        getUrl: () => options.webAppUrl,
        isEnabled: () => options.webAppUrl !== null,
      }),
    newStateToken: () => stateTokenBuilder(execution, options),
    newTrigger: (handler: unknown) => {
      allowed('newTrigger');
      if (typeof handler !== 'string' || handler === '')
        throw execution.signature('ScriptApp.newTrigger', [handler]);
      return triggerBuilder(execution, handler, (schedule, timeZone) => install(handler, schedule, timeZone));
    },
  });
}

/** …/reference/script/authorization-info */
function authorizationInfo(execution: Execution, scriptId: string, mode: unknown, scopes: unknown): object {
  const isList = Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string');
  if (!Object.values<unknown>(AuthMode).includes(mode) || !isList) {
    throw execution.signature('ScriptApp.getAuthorizationInfo', [mode, scopes]);
  }
  // A simple trigger runs before anything was granted.
  const granted = execution.mode === 'open' ? [] : scopes.filter((scope) => execution.hasScope(scope));
  const lacks = granted.length < scopes.length;
  return strict(execution, 'AuthorizationInfo', {
    getAuthorizationStatus: () => (lacks ? AuthorizationStatus.REQUIRED : AuthorizationStatus.NOT_REQUIRED),
    getAuthorizationUrl: () => (lacks ? `https://script.google.com/macros/d/${scriptId}/authorize` : null),
    getAuthorizedScopes: () => execution.realm.array(granted),
  });
}

function stateTokenBuilder(execution: Execution, options: ScriptAppOptions): object {
  let method: string | null = null;
  let timeoutSeconds = DEFAULT_STATE_SECONDS;
  const given: Record<string, string> = {};
  const self: object = strict(execution, 'StateTokenBuilder', {
    createToken: () => {
      if (method === null) throw execution.exception('A state token needs a method.');
      const token = Buffer.from(`state:${options.nextId()}`).toString('base64url');
      options.stateTokens.set(token, {
        method,
        arguments: given,
        owner: execution.email,
        expiresMs: execution.clock.now() + timeoutSeconds * 1000,
      });
      return token;
    },
    withArgument: (name: unknown, value: unknown) => {
      if (typeof name !== 'string' || typeof value !== 'string') {
        throw execution.signature('ScriptApp.StateTokenBuilder.withArgument', [name, value]);
      }
      given[name] = value;
      return self;
    },
    withMethod: (name: unknown) => {
      if (typeof name !== 'string')
        throw execution.signature('ScriptApp.StateTokenBuilder.withMethod', [name]);
      method = name;
      return self;
    },
    withTimeout: (value: unknown) => {
      if (typeof value !== 'number' || !(value > 0 && value <= MAX_STATE_SECONDS)) {
        throw execution.exception(`Invalid argument: timeout. The maximum is ${MAX_STATE_SECONDS} seconds.`);
      }
      timeoutSeconds = value;
      return self;
    },
  });
  return self;
}

/** A person's address needs `userinfo.email`; without it the address is an empty string. */
export function createSession(
  execution: Execution,
): Pick<
  GoogleAppsScript.Base.Session,
  'getActiveUser' | 'getEffectiveUser' | 'getScriptTimeZone' | 'getActiveUserLocale'
> {
  const user = (isKnown: boolean) =>
    strict(execution, 'User', {
      getEmail: () => (isKnown && execution.hasScope('userinfo.email') ? execution.email : ''),
    }) as GoogleAppsScript.Base.User;
  const { mode } = execution;
  return strict(execution, 'Session', {
    // A stranger's browser at a web app that runs as its owner: developers.google.com/apps-script/reference/base/session#getactiveuser
    getActiveUser: () => user(mode !== 'open' && mode !== 'web-app'),
    getEffectiveUser: () => user(mode !== 'open'),
    getScriptTimeZone: () => execution.timeZone,
    getActiveUserLocale: () => 'en',
  });
}

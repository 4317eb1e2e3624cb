// AWS's services from the server, one at a time, each asked for once. The addresses change with the data.

/** An action is `[name, level, description, [[resource type, required, keys]], keys, …]`. */
export class Catalogue {
  #base;
  #answers = new Map();

  constructor(base) {
    this.#base = base;
  }

  /** `{ globals: [[name, type, …]], services: [[prefix, name, category, …]] }`, or null if the server has no answer. */
  async index() {
    const answer = await this.#read('');
    return answer && { globals: answer[0], services: answer[1] };
  }

  /** `{ name, keys: [[name, type, …]], resources: [[type, arn, …]], actions }`, or null of a service that nobody knows. */
  async service(prefix) {
    const known = (await this.index())?.services.some(([other]) => other === prefix);
    const answer = known ? await this.#read(`/${prefix}`) : null;
    return answer && { name: answer[1], keys: answer[2], resources: answer[3], actions: answer[4] };
  }

  /** The services that these actions are of; those nobody knows are left out. */
  async servicesOf(actions) {
    const prefixes = new Set(actions.filter((action) => action.includes(':')).map((action) => action.split(':')[0].toLowerCase()));
    return (await Promise.all([...prefixes].map((prefix) => this.service(prefix)))).filter(Boolean);
  }

  #read(path) {
    const asked = this.#answers.get(path);
    if (asked) return asked;
    const answer = fetch(this.#base + path)
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null)
      .then((value) => {
        // A failure is no answer: the next time it is asked again.
        if (value === null) this.#answers.delete(path);
        return value;
      });
    this.#answers.set(path, answer);
    return answer;
  }
}

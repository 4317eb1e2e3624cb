// The second door: boto3 and both generations of the CLI do the main job, and are refused with AWS's words.
import { aws, boto3, CLIS, keysOf } from '../fixtures/clients';
import { createAccount, expect, test } from '../fixtures/test';

test('boto3 does the main job as root and is refused as a user without policies', async () => {
  const account = await createAccount(true);
  const root = keysOf(account);
  const made = await boto3(
    `
me = sts.get_caller_identity()
assert me["Arn"] == "arn:aws:iam::${account.id}:root", me
user = iam.create_user(UserName="Elon", Tags=[{"Key": "department", "Value": "engineers"}])["User"]
assert user["UserId"].startswith("AIDA") and len(user["UserId"]) == 21, user
assert user["Arn"] == "arn:aws:iam::${account.id}:user/Elon"
iam.create_group(GroupName="Admins")
iam.attach_group_policy(GroupName="Admins", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
iam.add_user_to_group(GroupName="Admins", UserName="Elon")
iam.create_login_profile(UserName="Elon", Password="Invented-Pass-1!", PasswordResetRequired=True)
assert [t["Value"] for t in iam.list_user_tags(UserName="elon")["Tags"]] == ["engineers"]
assert [g["GroupName"] for g in iam.list_groups_for_user(UserName="Elon")["Groups"]] == ["Admins"]
policies = [p for page in iam.get_paginator("list_policies").paginate(Scope="AWS") for p in page["Policies"]]
assert len(policies) > 1500 and len({p["Arn"] for p in policies}) == len(policies), len(policies)
version = iam.get_policy_version(PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess", VersionId="v1")
assert version["PolicyVersion"]["Document"]["Statement"][0]["Action"] == "*"
assert iam.get_account_summary()["SummaryMap"]["Users"] == 1
try:
    iam.create_user(UserName="elon")
    raise SystemExit("a second elon")
except iam.exceptions.EntityAlreadyExistsException as error:
    assert error.response["Error"]["Message"] == "User with name elon already exists.", error
try:
    iam.create_user(UserName="a b")
    raise SystemExit("a blank in a name")
except ClientError as error:
    assert error.response["Error"]["Code"] == "ValidationError", error
key = iam.create_access_key(UserName="Elon")["AccessKey"]
iam.create_user(UserName="eve")
eve = iam.create_access_key(UserName="eve")["AccessKey"]
print(json.dumps({"elon": [key["AccessKeyId"], key["SecretAccessKey"]], "eve": [eve["AccessKeyId"], eve["SecretAccessKey"]]}))
`,
    root,
  );
  expect(made.err).toBe('');
  const keys = JSON.parse(made.out);
  const elon = { id: keys.elon[0], secret: keys.elon[1] };
  const eve = { id: keys.eve[0], secret: keys.eve[1] };

  for (const [generation, cli] of Object.entries(CLIS)) {
    const identity = await aws(cli, ['sts', 'get-caller-identity'], elon);
    expect(identity.err, generation).toBe('');
    expect(JSON.parse(identity.out).Arn).toBe(`arn:aws:iam::${account.id}:user/Elon`);
    const listed = await aws(cli, ['iam', 'list-users', '--max-items', '1'], elon);
    expect(listed.code, listed.err).toBe(0);
    const refused = await aws(cli, ['iam', 'list-users'], eve);
    expect(refused.code).not.toBe(0);
    expect(refused.err).toContain(
      `(AccessDenied) when calling the ListUsers operation: User: arn:aws:iam::${account.id}:user/eve is not authorized to perform: ` +
        `iam:ListUsers on resource: arn:aws:iam::${account.id}:user/ because no identity-based policy allows the iam:ListUsers action`,
    );
    const other = elon.secret.endsWith('x') ? 'y' : 'x';
    const wrong = await aws(cli, ['sts', 'get-caller-identity'], { id: elon.id, secret: elon.secret.slice(0, 39) + other });
    expect(wrong.err).toContain('(SignatureDoesNotMatch)');
    const unknown = await aws(cli, ['sts', 'get-caller-identity'], { id: 'AKIAAAAAAAAAAAAAAAAA', secret: elon.secret });
    expect(unknown.err).toContain('(InvalidClientTokenId)');
    expect(unknown.err).toContain('The security token included in the request is invalid');
  }

  const off = await boto3(`iam.update_access_key(UserName="Elon", AccessKeyId="${elon.id}", Status="Inactive")`, root);
  expect(off.err).toBe('');
  const dead = await aws(CLIS.v2, ['sts', 'get-caller-identity'], elon);
  expect(dead.err).toContain('(InvalidClientTokenId)');
});

test('an account cannot see another account', async () => {
  const [one, two] = await Promise.all([createAccount(true), createAccount(true)]);

  const made = await boto3(`iam.create_user(UserName="alice")`, keysOf(one));
  expect(made.err).toBe('');
  const seen = await boto3(
    `
assert iam.list_users()["Users"] == []
try:
    iam.get_user(UserName="alice")
    raise SystemExit("another account's user was found")
except iam.exceptions.NoSuchEntityException as error:
    assert error.response["Error"]["Message"] == "The user with name alice cannot be found.", error
`,
    keysOf(two),
  );
  expect(seen.err).toBe('');
});

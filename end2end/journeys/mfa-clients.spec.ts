// The MFA operations from a device's making to its deleting, by boto3 alone: codes by oathtool, AWS's error sentences.
import { keysOf, run } from '../fixtures/clients';
import { code, pair } from '../fixtures/authenticator';
import { createAccount, expect, signInAsUser, test } from '../fixtures/test';

const PASSWORD = 'Invented-Tom-1!';

test('a virtual device from making to deleting', async () => {
  test.setTimeout(180_000);
  const account = await createAccount(true);
  const keys = keysOf(account);
  const serial = `arn:aws:iam::${account.id}:mfa/Tom`;
  const secret = (
    await run(
      `
for name in ["tom", "ann"]:
    iam.create_user(UserName=name)
made = iam.create_virtual_mfa_device(VirtualMFADeviceName="Tom")["VirtualMFADevice"]
assert made["SerialNumber"] == "${serial}", made
assert made["QRCodePNG"].startswith(b"\\x89PNG") and len(made["Base32StringSeed"]) == 64
assert refused("EntityAlreadyExists", iam.create_virtual_mfa_device, VirtualMFADeviceName="tom") == "MFADevice entity at the same path and name already exists."
listed = iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"]
assert [device["SerialNumber"] for device in listed] == ["${serial}"] and "Base32StringSeed" not in listed[0], listed
print(made["Base32StringSeed"].decode())
`,
      keys,
    )
  ).trim();

  const [first, second] = await pair(secret);
  await run(
    `
tom = dict(UserName="tom", SerialNumber="${serial}")
invalid = "Authentication code for device is not valid."
enable = iam.enable_mfa_device
assert refused("InvalidAuthenticationCode", enable, **tom, AuthenticationCode1="${second}", AuthenticationCode2="${second}") == invalid
assert refused("InvalidAuthenticationCode", enable, **tom, AuthenticationCode1="${second}", AuthenticationCode2="${first}") == invalid
assert refused("InvalidAuthenticationCode", enable, **tom, AuthenticationCode1="${code(secret, -60)}", AuthenticationCode2="${code(secret, -59)}") == invalid
enable(**tom, AuthenticationCode1="${first}", AuthenticationCode2="${second}")
assert refused("EntityAlreadyExists", enable, **tom, AuthenticationCode1="${first}", AuthenticationCode2="${second}") == "MFA Device is already in use."
devices = iam.list_mfa_devices(UserName="tom")["MFADevices"]
assert [(d["UserName"], d["SerialNumber"]) for d in devices] == [("tom", "${serial}")] and devices[0]["EnableDate"], devices
assert iam.list_mfa_devices(UserName="ann")["MFADevices"] == []
assert iam.get_mfa_device(SerialNumber="${serial}", UserName="tom")["SerialNumber"] == "${serial}"
assert iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"][0]["User"]["UserName"] == "tom"
assert refused("NoSuchEntity", iam.list_mfa_devices, UserName="nobody") == "The user with name nobody cannot be found."
`,
    keys,
  );

  await run(
    `
tom = dict(UserName="tom", SerialNumber="${serial}")
resync = iam.resync_mfa_device
assert refused("InvalidAuthenticationCode", resync, **tom, AuthenticationCode1="${code(secret, 20)}", AuthenticationCode2="${code(secret, 20)}") == "Authentication code for device is not valid."
assert refused("NoSuchEntity", resync, UserName="ann", SerialNumber="${serial}", AuthenticationCode1="${code(secret, 20)}", AuthenticationCode2="${code(secret, 21)}") == "MFA Device invalid for user."
resync(**tom, AuthenticationCode1="${code(secret, 20)}", AuthenticationCode2="${code(secret, 21)}")
assert refused("InvalidAuthenticationCode", resync, **tom, AuthenticationCode1="${code(secret, 20)}", AuthenticationCode2="${code(secret, 21)}") == "Authentication code for device is not valid."
assert refused("DeleteConflict", iam.delete_virtual_mfa_device, SerialNumber="${serial}") == "MFA VirtualDevice in use. Must deactivate first."
assert refused("DeleteConflict", iam.delete_user, UserName="tom") == "Cannot delete entity, must delete MFA device first."
assert refused("NoSuchEntity", iam.deactivate_mfa_device, UserName="ann", SerialNumber="${serial}") == "MFA Device invalid for user."
iam.deactivate_mfa_device(**tom)
assert iam.list_mfa_devices(UserName="tom")["MFADevices"] == []
assert refused("NoSuchEntity", iam.deactivate_mfa_device, **tom) == "MFA Device invalid for user."
iam.delete_virtual_mfa_device(SerialNumber="${serial}")
assert refused("NoSuchEntity", iam.delete_virtual_mfa_device, SerialNumber="${serial}") == "VirtualMFADevice with serial number ${serial} doesn't exist."
assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []
iam.delete_user(UserName="tom")
`,
    keys,
  );
});

test('a user with two devices signs in by either', async ({ page }) => {
  test.setTimeout(180_000);
  const account = await createAccount(true);
  const keys = keysOf(account);
  const made = await run(
    `
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${PASSWORD}")
devices = [iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"] for name in ["phone", "tablet"]]
print(json.dumps([[device["SerialNumber"], device["Base32StringSeed"].decode()] for device in devices]))
`,
    keys,
  );
  const devices = JSON.parse(made) as [string, string][];
  for (const [serial, secret] of devices) {
    const [first, second] = await pair(secret);
    await run(
      `iam.enable_mfa_device(UserName="tom", SerialNumber="${serial}", AuthenticationCode1="${first}", AuthenticationCode2="${second}")`,
      keys,
    );
  }
  for (const [, secret] of devices) {
    await page.context().clearCookies();
    await signInAsUser(page, account.id, 'tom', PASSWORD);
    await page.getByTestId('mfa-code').fill(code(secret, 1));
    await page.getByTestId('submit-mfa').click();
    await expect(page).toHaveURL(/\/console\/home/);
  }
});

//! Makes the cluster: whole, or not at all.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio::io::AsyncWriteExt;

use super::binaries::Binaries;
use super::home::Home;
use super::identity::Identity;
use super::{DATABASE, ROLE, SUPERUSER};

/// Who may connect: two names, through the socket, which only its owner can reach.
const ACCESS: &str = "\
# Written by understudy. The socket's folder is closed to everybody but its owner, who holds these files
# anyway. The superuser is for backups: row-level security would hide the tenants' rows from anybody else.
local   understudy   understudy   trust
local   all          postgres     trust
";

/// Makes the cluster with its role and database, unless it is there. It is put together under another name
/// and renamed at the end, so that a kill in between leaves nothing that looks finished.
pub async fn ensure(home: &Home, binaries: &Binaries, identity: &Identity) -> Result<()> {
    let cluster = home.cluster();
    if cluster.join("PG_VERSION").exists() {
        return identity.own_all(&cluster);
    }
    let unfinished = home.unfinished();
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).with_context(|| format!("removing {}", unfinished.display()))?;
    }
    fs::create_dir(&unfinished).with_context(|| format!("making {}", unfinished.display()))?;
    identity.own(&unfinished)?;

    tracing::info!("making a PostgreSQL cluster in {}", cluster.display());
    let mut initdb = identity.command(&binaries.program("initdb"));
    initdb.arg("--pgdata").arg(&unfinished).arg("--username").arg(SUPERUSER);
    initdb.args(["--encoding=UTF8", "--locale=C", "--data-checksums", "--auth=trust"]);
    run(initdb, "").await.context("initdb")?;

    fs::write(unfinished.join("pg_hba.conf"), ACCESS)?;
    identity.own(&unfinished.join("pg_hba.conf"))?;

    // Single-user mode needs neither a client nor a moment in which anybody could connect.
    let mut single = identity.command(&binaries.program("postgres"));
    single.args(["--single", "-c", "exit_on_error=on", "-D"]).arg(&unfinished).arg("postgres");
    let sql = format!(
        "create role {ROLE} login\n\
         create database {DATABASE} owner {ROLE} template template0 encoding 'UTF8'\n\
         revoke all on database {DATABASE} from public\n"
    );
    run(single, &sql).await.context("making the role and the database")?;

    fs::rename(&unfinished, &cluster).with_context(|| format!("naming {}", cluster.display()))?;
    sync_folder(cluster.parent().context("a cluster without a parent folder")?)
}

async fn run(mut command: tokio::process::Command, input: &str) -> Result<()> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).await?;
    }
    let output = child.wait_with_output().await?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!("{}: {}", output.status, String::from_utf8_lossy(&said).trim());
    }
    Ok(())
}

/// A rename survives a power cut only once its folder is on disk.
fn sync_folder(folder: &Path) -> Result<()> {
    let folder = fs::File::open(folder)?;
    folder.sync_all().context("syncing the data directory")
}

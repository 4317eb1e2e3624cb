//! Where the private PostgreSQL keeps its files and its socket.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::identity::Identity;
use super::{DATABASE, ROLE};

/// A Unix socket's path has 108 bytes, the last of them a zero.
const SOCKET_LIMIT: usize = 107;
/// The name PostgreSQL gives its socket inside the folder it is told.
const SOCKET_FILE: &str = ".s.PGSQL.5432";
/// Where clusters go whose data directory the unprivileged user cannot reach.
const ELSEWHERE: &str = "/var/lib/understudy";

/// The folders of one private PostgreSQL.
#[derive(Debug)]
pub struct Home {
    data: PathBuf,
    cluster: PathBuf,
    socket: PathBuf,
}

impl Home {
    /// Makes the folders, except the cluster's own.
    pub fn prepare(data: &Path, identity: &Identity) -> Result<Self> {
        private_folder(data)?;
        let data = data.canonicalize().with_context(|| format!("finding {}", data.display()))?;
        let cluster = cluster_folder(&data, identity)?;
        let socket = socket_folder(&data, &cluster, identity)?;
        Ok(Self { data, cluster, socket })
    }

    /// The cluster, by the one name under which every process knows it.
    pub fn cluster(&self) -> PathBuf {
        self.cluster.clone()
    }

    /// Where a cluster is put together before it gets its name.
    pub fn unfinished(&self) -> PathBuf {
        self.cluster.with_extension("unfinished")
    }

    /// The folder that holds the socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Files that a killed server leaves in the socket's folder.
    pub fn socket_files(&self) -> [PathBuf; 2] {
        [self.socket.join(SOCKET_FILE), self.socket.join(format!("{SOCKET_FILE}.lock"))]
    }

    /// What the server says before its own log begins, and why it did not start.
    pub fn start_log(&self) -> PathBuf {
        self.data.join("postgres.log")
    }

    /// Held while the server is started or stopped.
    pub fn start_lock(&self) -> PathBuf {
        self.data.join("postgres.start")
    }

    /// Shared by every process that uses the server.
    pub fn users_lock(&self) -> PathBuf {
        self.data.join("postgres.users")
    }

    /// The major version that made the cluster, if there is one.
    pub fn version(&self) -> Result<Option<String>> {
        match fs::read_to_string(self.cluster.join("PG_VERSION")) {
            Ok(version) => Ok(Some(version.trim().to_owned())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).context("reading the cluster's PG_VERSION"),
        }
    }

    /// The connection URL of the ordinary role.
    pub fn url(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("host", &self.socket.to_string_lossy());
        format!("postgres://{ROLE}@localhost/{DATABASE}?{}", query.finish())
    }
}

/// `<data>/postgres`, or a folder elsewhere that it links to, where root's data directory is closed to the
/// user the server runs as.
fn cluster_folder(data: &Path, identity: &Identity) -> Result<PathBuf> {
    let here = data.join("postgres");
    match fs::read_link(&here) {
        Ok(target) => {
            private_parent(&target, identity)?;
            return Ok(target);
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidInput) => {}
        Err(error) => return Err(error).with_context(|| format!("looking at {}", here.display())),
    }
    if here.exists() || can_reach(data, identity) {
        return Ok(here);
    }
    let elsewhere = Path::new(ELSEWHERE).join(name_of(data)).join("postgres");
    private_parent(&elsewhere, identity)?;
    symlink(&elsewhere, &here).with_context(|| format!("linking {}", here.display()))?;
    tracing::info!("the database is kept in {}: {} is closed to it", elsewhere.display(), data.display());
    Ok(elsewhere)
}

/// Opens the data directory itself to the user (others may pass, not look), and tries the way down to it.
fn can_reach(data: &Path, identity: &Identity) -> bool {
    if matches!(identity, Identity::User { .. }) {
        let open = fs::set_permissions(data, fs::Permissions::from_mode(0o711));
        return open.is_ok() && identity.can_enter(data);
    }
    true
}

fn private_parent(cluster: &Path, identity: &Identity) -> Result<()> {
    fs::create_dir_all(ELSEWHERE).with_context(|| format!("making {ELSEWHERE}"))?;
    let parent = cluster.parent().context("a cluster without a parent folder")?;
    private_folder(parent)?;
    identity.own(parent)
}

/// The folder for the socket: beside the cluster if its path is short enough, else below the temporary folder,
/// under a name that is drawn once and kept, so that nobody can have made it before us.
fn socket_folder(data: &Path, cluster: &Path, identity: &Identity) -> Result<PathBuf> {
    let beside = cluster.with_file_name("socket");
    let folder = if fits(&beside) { beside } else { drawn(data)? };
    private_folder(&folder)?;
    identity.own(&folder)?;
    Ok(folder)
}

fn fits(folder: &Path) -> bool {
    let path = folder.join(SOCKET_FILE);
    let bytes = path.as_os_str().as_encoded_bytes();
    // The lock beside the socket is opened as a file, so only the socket's own name counts. The server takes a
    // list of folders, in which a comma parts two and a quote begins a name.
    bytes.len() <= SOCKET_LIMIT && !bytes.iter().any(|byte| matches!(byte, b',' | b'"'))
}

fn drawn(data: &Path) -> Result<PathBuf> {
    let note = data.join("postgres.socket");
    if let Ok(text) = fs::read_to_string(&note) {
        return Ok(PathBuf::from(text.trim()));
    }
    let folder = std::env::temp_dir().join(format!("understudy-{}", uuid::Uuid::new_v4().simple()));
    if !fits(&folder) {
        bail!("neither {} nor the temporary folder has a path that a socket can have", data.display());
    }
    fs::write(&note, folder.to_string_lossy().as_bytes()).with_context(|| format!("writing {}", note.display()))?;
    Ok(folder)
}

/// Makes a folder that only its owner may enter. One that is there already must not be anybody's but ours.
fn private_folder(path: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.with_context(|| format!("making {}", path.display()))?;
    let metadata = fs::metadata(path)?;
    let us = rustix::process::geteuid().as_raw();
    if us != 0 && metadata.uid() != us {
        bail!("{} belongs to user {}, not to us", path.display(), metadata.uid());
    }
    Ok(())
}

/// A short name for a data directory, the same at every start.
fn name_of(data: &Path) -> String {
    // FNV-1a: this only tells folders of one machine apart.
    let hash =
        data.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("{hash:016x}")
}

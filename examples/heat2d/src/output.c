#include "output.h"

#include <hdf5.h>
#include <stdlib.h>

static herr_t write_time(hid_t dataset, double time) {
  hid_t space = H5Screate(H5S_SCALAR);
  hid_t attribute =
      H5Acreate2(dataset, "time", H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT);
  herr_t status = H5Awrite(attribute, H5T_NATIVE_DOUBLE, &time);
  H5Aclose(attribute);
  H5Sclose(space);
  return status;
}

static herr_t write_rows(hid_t dataset, hid_t file_space, const heat *grid) {
  hsize_t start[2] = {(hsize_t)heat_first_row(grid), 0};
  hsize_t count[2] = {(hsize_t)heat_rows(grid), (hsize_t)heat_size(grid)};
  hid_t memory_space = H5Screate_simple(2, count, NULL);
  if (count[0] > 0) {
    H5Sselect_hyperslab(file_space, H5S_SELECT_SET, start, NULL, count, NULL);
  } else { /* more processes than rows: this one takes part and writes nothing */
    H5Sselect_none(file_space);
    H5Sselect_none(memory_space);
  }
  hid_t together = H5Pcreate(H5P_DATASET_XFER);
  H5Pset_dxpl_mpio(together, H5FD_MPIO_COLLECTIVE);
  double *values = heat_values(grid);
  herr_t status = values == NULL ? -1
                                 : H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory_space, file_space,
                                            together, values);
  free(values);
  H5Pclose(together);
  H5Sclose(memory_space);
  return status;
}

int output_write(const heat *grid, double time, const char *path) {
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_fapl_mpio(access, heat_comm(grid), MPI_INFO_NULL);
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose(access);
  if (file < 0)
    return -1;

  /* Without times of creation, two runs write the same bytes. */
  hid_t untimed = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_obj_track_times(untimed, 0);
  hsize_t extent[2] = {(hsize_t)heat_size(grid), (hsize_t)heat_size(grid)};
  hid_t space = H5Screate_simple(2, extent, NULL);
  hid_t dataset =
      H5Dcreate2(file, "temperature", H5T_IEEE_F64LE, space, H5P_DEFAULT, untimed, H5P_DEFAULT);
  herr_t status = dataset < 0 ? -1 : write_rows(dataset, space, grid);
  if (status >= 0)
    status = write_time(dataset, time);
  if (dataset >= 0)
    H5Dclose(dataset);
  H5Sclose(space);
  H5Pclose(untimed);
  return H5Fclose(file) < 0 || status < 0 ? -1 : 0;
}
